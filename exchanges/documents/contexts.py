"""What the three documents print, as plain values: no model, no query, no lazy text.

All words are English, whatever the screen speaks. Dates and times are local to the visit, amounts
are EUR. An empty text prints as "Not stated". Each class is filled from the models by the module
of its document and is all that its template sees; the templates are in `templates/documents/`.
"""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import ClassVar, Literal

from cxc.ground.pdf import Mark

Role = Literal["VO", "HO", "VOP", "HOP"]
Modality = Literal["physical", "virtual"]

ROLE_NAMES: dict[Role, str] = {
    "VO": "visiting organisation",
    "HO": "host organisation",
    "VOP": "Partnership of the visiting organisation",
    "HOP": "Partnership of the host organisation",
}
"""As written inside a sentence; `capfirst` in a table."""


@dataclass(frozen=True, kw_only=True)
class DocumentHead:
    """What stands on top of every page."""

    reference: str
    version: int
    dated: date
    """The day this version was made; also the PDF's creation date."""
    generation: str
    mark: Mark = ""
    recorded_source: str = ""
    """Set when the exchange was recorded afterwards: where its facts come from."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """One of the bodies that sign, as registered on the day of this version."""

    role: Role
    name: str
    kind: str
    country: str
    address: str
    registration_number: str
    signatory: str
    signatory_function: str = ""

    @property
    def role_name(self) -> str:
        return ROLE_NAMES[self.role]


@dataclass(frozen=True, kw_only=True)
class SignatureBlock:
    """A place to sign. VOP = HOP: one act fills both places.

    The file that is signed, and whose hash each signature names, is made with empty places; filled
    ones are for reading copies, made after signing.
    """

    role: Role
    party: str
    name: str = ""
    function: str = ""
    signed_on: date | None = None
    how: str = ""
    """For instance "On paper"."""
    scan_reference: str = ""

    @property
    def role_name(self) -> str:
        return ROLE_NAMES[self.role]


@dataclass(frozen=True, kw_only=True)
class EditorialVersion:
    """A later version that changed no substance, so that the signatures stayed."""

    version: int
    dated: date
    note: str


@dataclass(frozen=True, kw_only=True)
class DayMark:
    """A day that counts against the calendar: a worked Saturday, a day not worked."""

    day: date
    is_worked: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ExchangeFacts:
    """The exchange as agreed (CTQ, FA) or as it was (FAR); `working_days` as frozen on this version."""

    reference: str
    type: str
    sector: str
    modality: Modality
    first_day: date
    last_day: date
    working_days: int
    city: str
    country: str
    zone: str
    day_marks: list[DayMark] = field(default_factory=list)
    holidays_known: bool = True
    """False where no national holidays could be taken off (Ukraine from 2022), which the document says."""

    @property
    def physical(self) -> bool:
        return self.modality == "physical"


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One line of the agenda, in the order given; items of one day must stand together."""

    day: date
    starts: time
    ends: time
    title: str
    leader: str
    place: str = ""
    is_feedback: bool = False


@dataclass(frozen=True, kw_only=True)
class SharedPart:
    """The part of the CTQ that all exchanges of a visit have in common."""

    goals: str
    agenda: list[AgendaItem]
    mutual_learning: str
    learning_between_visitors: str
    feedback_time: str
    external_event: str


@dataclass(frozen=True, kw_only=True)
class OwnPart:
    """The part of the CTQ that is this visitor's own."""

    objectives: str
    outcomes: str
    follow_up: str
    follow_up_months: int
    """After how many months (2 to 12) the partners look back."""
    responsibilities: str


@dataclass(frozen=True, kw_only=True)
class CtqContext:
    """Commitment to Quality: signed by visitor, host and both Partnerships."""

    template: ClassVar[str] = "documents/ctq.html"

    head: DocumentHead
    parties: list[Party]
    """Visiting organisation, host organisation, and the Partnership of each: in that order."""
    exchange: ExchangeFacts
    visit_reference: str
    """The visit it belongs to. Who else visits is not printed: joining and leaving void nothing."""
    shared: SharedPart
    own: OwnPart
    signatures: list[SignatureBlock]
    editorial_versions: list[EditorialVersion] = field(default_factory=list)
    report_days: int = 7


@dataclass(frozen=True, kw_only=True)
class PayOutStep:
    """One step of the Partnership's pay-out rule; `to_days` None means "or more"."""

    from_days: int
    to_days: int | None
    percent: Decimal


@dataclass(frozen=True, kw_only=True)
class FaContext:
    """Financial Agreement of a physical exchange: signed by the visitor and its Partnership."""

    template: ClassVar[str] = "documents/fa.html"

    head: DocumentHead
    parties: list[Party]
    """Visiting organisation and its Partnership."""
    host_name: str
    exchange: ExchangeFacts
    payee: str
    iban: str
    """In groups of four, as printed."""
    amount: Decimal
    """The agreed lump sum: the most that is paid. EUR."""
    ceiling: Decimal
    """Ceiling of the host country on the start date, as frozen on this version. EUR."""
    ceiling_reason: str = ""
    """Why the Support Office set a higher ceiling for this exchange; empty in the ordinary case."""
    pay_out_rule: list[PayOutStep]
    payment_terms: str = ""
    """What the two agreed besides; printed after the fixed terms."""
    evidence_kinds: list[str]
    signatures: list[SignatureBlock]
    report_days: int = 7
    payment_working_days: int = 10


@dataclass(frozen=True, kw_only=True)
class EvidenceLine:
    """A file handed in as evidence that the stay took place."""

    kind: str
    name: str
    received_on: date
    state: str


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Who handed the report in. `on_behalf_reason`: when the Partnership or Support Office did it."""

    name: str
    function: str
    submitted_on: date
    on_behalf_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """The Partnership's answer to the report."""

    name: str
    body: str
    accepted_on: date


@dataclass(frozen=True, kw_only=True)
class FarContext:
    """Final Activity Report: written by the visitor after the end, accepted by its Partnership."""

    template: ClassVar[str] = "documents/far.html"

    head: DocumentHead
    parties: list[Party]
    """Visiting organisation, host organisation, and the Partnership of each: in that order."""
    exchange: ExchangeFacts
    """As it was: actual first and last day, actual working days."""
    agreed_first_day: date
    agreed_last_day: date
    agreed_working_days: int
    agenda: list[AgendaItem]
    """As agreed, to read the activities against."""
    activities: str
    departures: str
    outcomes: str
    contacts: str
    follow_up: str
    satisfaction: int | None
    """1 (not at all) to 5 (fully); None while the report is a draft."""
    story_consent: bool
    story: str = ""
    evidence: list[EvidenceLine] = field(default_factory=list)
    submission: Submission | None = None
    acceptance: Acceptance | None = None
