"""An exchange that took place outside the portal, as a Partnership or an import writes it down.

Plain values, so that they can be kept as JSON until the Support Office has looked at them.
Rule: docs/rules.md, Recorded afterwards.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from matching.enums import INITIATORS
from profiles.enums import Modality

DAYS = ("start", "end", "proposed", "confirmed", "built", "closed", "paid_on")
AMOUNTS = ("lump_sum", "payable", "paid_amount")
NUMBERS = ("visiting_organisation", "host_organisation", "host_partnership", "generation", "visit")


@dataclass(frozen=True, kw_only=True)
class RecordedExchange:
    """Organisations, Partnership, generation and visit by id; type and sector by code; amounts in EUR.

    Without `visit` a new one is entered, with the stay's dates. Days not given follow from the start:
    proposed, confirmed and built 14 days before it. `languages` are used where a profile has to be entered too.
    """

    visiting_organisation: int
    host_organisation: int
    host_partnership: int
    generation: int
    modality: str
    type: str
    sector: str
    start: date
    end: date
    visit: int | None = None
    title: str = ""
    city: str = ""
    initiated_by: str = "vo"
    languages: tuple[str, ...] = ("en",)
    proposed: date | None = None
    confirmed: date | None = None
    built: date | None = None
    closed: date | None = None
    lump_sum: Decimal | None = None
    payable: Decimal | None = None
    payable_why: str = ""
    paid_on: date | None = None
    paid_amount: Decimal | None = None
    reference: str = ""

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> "RecordedExchange":
        """Read JSON values; ValueError with a sentence for a person where one is missing or is not understood."""
        known = {field.name: field for field in fields(cls)}
        if strange := sorted(set(payload) - set(known)):
            raise ValueError(_("Not understood: %(what)s.") % {"what": ", ".join(strange)})
        needed = [name for name, field in known.items() if field.default is MISSING]
        given = {name: value for name, value in payload.items() if value not in (None, "")}
        if gaps := [name for name in needed if name not in given]:
            raise ValueError(_("Fill in what is missing: %(what)s.") % {"what": ", ".join(gaps)})
        recorded = cls(**{name: _read(name, value) for name, value in given.items()})
        if recorded.modality not in Modality.values:
            raise ValueError(_("Physical or virtual? “%(what)s” is neither.") % {"what": recorded.modality})
        if recorded.initiated_by not in INITIATORS:
            raise ValueError(_("Who initiated the match: vo, ho, vop, hop or so."))
        return recorded

    def to_payload(self) -> dict[str, Any]:
        """The same as JSON values; what was not given is left out."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: _plain(value) for name, value in values.items() if value not in (None, "")}


def _read(name: str, value: Any) -> Any:
    try:
        if name in DAYS:
            return date.fromisoformat(value)
        if name in AMOUNTS:
            return Decimal(str(value))
        if name in NUMBERS:
            return int(value)
    except (ValueError, TypeError, InvalidOperation):
        raise ValueError(_("%(name)s: “%(value)s” is not understood.") % {"name": name, "value": value}) from None
    return tuple(value) if name == "languages" else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
