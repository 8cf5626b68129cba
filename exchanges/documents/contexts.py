"""What each document prints, as plain values: no model, no query, no lazy text.

All words are English, whatever the screen speaks. Dates and times are local to the visit, amounts
are EUR. An empty text prints as "Not stated". Each class is filled from the models by the module
of its document and is all that its template sees; the templates are in `templates/documents/`.
"""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import ClassVar

from exchanges.clauses import ClauseSection
from exchanges.documents.values import (
    CoordinatingBody,
    DayCount,
    DayMark,
    DocumentHead,
    EditorialVersion,
    ExchangeFacts,
    Modality,
    NamedDay,
    Party,
    Role,
    Signatory,
    SignatureBlock,
)

__all__ = [
    "Acceptance",
    "AgendaItem",
    "CoordinatingBody",
    "CtqContext",
    "DayCount",
    "DayMark",
    "DocumentContext",
    "DocumentHead",
    "EditorialVersion",
    "EvidenceLine",
    "ExchangeFacts",
    "FaContext",
    "FarContext",
    "Modality",
    "NamedDay",
    "OwnPart",
    "Party",
    "PayOutStep",
    "Role",
    "SharedPart",
    "Signatory",
    "SignatureBlock",
    "SignedContext",
    "Submission",
]


@dataclass(frozen=True, kw_only=True)
class DocumentContext:
    """What every document of an exchange prints; `template` prints it."""

    template: ClassVar[str]

    head: DocumentHead
    parties: list[Party]
    """In the order in which they are listed: those that sign it, where it is signed."""
    exchange: ExchangeFacts
    clauses: list[ClauseSection] = field(default_factory=list)
    clauses_version: str = ""


@dataclass(frozen=True, kw_only=True)
class SignedContext(DocumentContext):
    """What every document prints that is signed."""

    signatures: list[SignatureBlock]
    editorial_versions: list[EditorialVersion] = field(default_factory=list)
    one_signatory_note: str = ""
    """Why one person may sign for several bodies; empty in the ordinary case."""
    report_days: int = 7


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
class CtqContext(SignedContext):
    """Commitment to Quality: signed by visitor, host and both Partnerships."""

    template: ClassVar[str] = "documents/ctq.html"

    visit_reference: str
    """The visit it belongs to. Who else visits is not printed: joining and leaving void nothing."""
    shared: SharedPart
    own: OwnPart
    visit_first_day: date | None = None
    visit_last_day: date | None = None
    """Stated where the visit is longer than this exchange."""


@dataclass(frozen=True, kw_only=True)
class PayOutStep:
    """One step of the Partnership's pay-out rule; `to_days` None means "or more"."""

    from_days: int
    to_days: int | None
    percent: Decimal


@dataclass(frozen=True, kw_only=True)
class FaContext(SignedContext):
    """Financial Agreement of a physical exchange: signed by the visitor and its Partnership."""

    template: ClassVar[str] = "documents/fa.html"

    host_name: str
    payee: str
    """The account holder."""
    iban: str
    """In groups of four, as printed."""
    account_number: str = ""
    bic: str = ""
    bank_name: str = ""
    amount: Decimal | None
    """The agreed lump sum: the most that is paid. EUR; None in a draft for which none is agreed."""
    ceiling: Decimal | None
    """Ceiling of the host country on the start date, as frozen on this version. EUR; None in a draft without one."""
    ceiling_reason: str = ""
    """Why the Support Office set a higher ceiling for this exchange; empty in the ordinary case."""
    pay_out_rule: list[PayOutStep]
    payment_terms: str = ""
    """What the two agreed besides; printed after the fixed terms."""
    evidence_kinds: list[str]
    payment_working_days: int = 10
    amount_in_words: str = ""


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
class FarContext(DocumentContext):
    """Final Activity Report: written by the visitor after the end, accepted by its Partnership.

    The exchange is as it was: actual first and last day, actual working days.
    """

    template: ClassVar[str] = "documents/far.html"

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
