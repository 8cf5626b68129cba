"""What every document prints of an exchange: its head, the parties, the days, the places to sign.

Plain values, as `contexts` says; the documents are put together there.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cxc.documents.pdf import Mark

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
    version: int | None
    """None for a draft: the number is given when the Support Office validates."""
    dated: date
    """The day this version was made; also the PDF's creation date."""
    generation: str
    mark: Mark = ""
    code: str = ""
    """By which the version is found; none on a draft."""
    recorded_source: str = ""
    """Set when the exchange was recorded afterwards: where its facts come from."""
    funding: str = ""
    """Who pays for the scheme, under which grant agreements."""
    disclaimer: str = ""
    """At the foot of each page."""
    replaced_by: int | None = None
    """The later version that stands instead of this one, on a reading copy."""
    copy: bool = False
    """A reading copy: made from the version after it was signed, not the file that was signed."""

    @property
    def numbered(self) -> str:
        """Reference and version, for the title."""
        return f"{self.reference}, version {self.version}" if self.version else f"{self.reference}, draft"


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """A person who may sign for a party."""

    name: str
    function: str


@dataclass(frozen=True, kw_only=True)
class CoordinatingBody:
    """The legal person that signs and pays for a Partnership."""

    name: str
    registration_number: str
    address: str
    country: str


@dataclass(frozen=True, kw_only=True)
class Party:
    """One of the bodies that sign, as registered on the day of this version."""

    role: Role
    name: str
    kind: str
    country: str
    address: str
    registration_number: str
    signatory: str = ""
    signatory_function: str = ""
    """Of versions made before `signatories` was printed."""
    signatories: list[Signatory] = field(default_factory=list)
    coordinating: CoordinatingBody | None = None
    """For a Partnership, which is no legal person."""
    grant_agreement_number: str = ""

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
class SignatureLine:
    """A signature on the signature page: its block as it is filled in, when it was recorded, what was signed."""

    block: SignatureBlock
    recorded: str
    """Day and hour at the place of the visit."""
    proof: str
    """How the signer confirmed who they are on the screen, or the certificate of a file signed elsewhere."""
    version: int
    sha256: str
    """Of the file that was signed."""


@dataclass(frozen=True, kw_only=True)
class SignedFile:
    """A file that is attached to the sealed one: a version as it was signed, or one that it changed in wording only."""

    name: str
    version: int
    sha256: str
    note: str = ""
    """What an editorial version changed."""


@dataclass(frozen=True, kw_only=True)
class SignaturePage:
    """The last page of a sealed document."""

    lines: list[SignatureLine]
    files: list[SignedFile]
    proof_address: str
    """Where anybody can check the document, its code filled in."""


@dataclass(frozen=True, kw_only=True)
class DayMark:
    """A day that counts against the calendar: a worked Saturday, a day not worked."""

    day: date
    is_worked: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class NamedDay:
    """A national holiday."""

    day: date
    name: str


@dataclass(frozen=True, kw_only=True)
class DayCount:
    """How the working days come about: weekdays, less holidays, plus days worked besides, less days not worked."""

    weekdays: int
    holidays: list[NamedDay]
    worked: list[DayMark]
    """Weekends and holidays on which work was done."""
    not_worked: list[DayMark]
    """Days that would have counted."""

    @property
    def total(self) -> int:
        return self.weekdays - len(self.holidays) + len(self.worked) - len(self.not_worked)


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
    count: DayCount | None = None
    """None where the days were entered, not counted."""
    holidays_known: bool = True
    """False where no national holidays could be taken off (Ukraine from 2022), which the document says."""

    @property
    def physical(self) -> bool:
        return self.modality == "physical"
