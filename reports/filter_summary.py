"""Says by which filters a table or picture was made."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from profiles.enums import Modality
from reports.statistics import Filters

_ALL = ("generation", "partnership", "modality", "days")
# A host has no visitor's Partnership, neither it nor a match has a start, a target no modality or start.
_APPLIED = {
    "hosts": ("generation", "modality"),
    "initiators": ("generation", "partnership", "modality"),
    "match-states": ("generation", "partnership", "modality"),
}


def filter_summary(filters: Filters, table_key: str = "") -> str:
    """The filters that touch this table, joined by dots; without a key, all of them."""
    return " · ".join(_label(filters, name) for name in _APPLIED.get(table_key, _ALL))


def filter_labels(filters: Filters) -> tuple[str, ...]:
    """Generation, Partnership, modality and start, each in words."""
    return tuple(_label(filters, name) for name in _ALL)


def ignored_filters(filters: Filters, table_key: str) -> str:
    """Which of the filters given do not touch this table; "" mostly."""
    applied: Iterable[str] = _APPLIED.get(table_key, _ALL)
    given = {"partnership": bool(filters.partnership), "days": bool(filters.first or filters.last)}
    names = {"partnership": _("the Partnership of the visitors"), "days": _("the start")}
    left = [names[name] for name, is_given in given.items() if is_given and name not in applied]
    if not left:
        return ""
    return _("Counted without regard to %(filters)s, which these have not.") % {
        "filters": _(" and ").join(left),
    }


def _label(filters: Filters, name: str) -> str:
    if name == "generation":
        return str(filters.generation) if filters.generation else _("All generations")
    if name == "partnership":
        return filters.partnership.acronym if filters.partnership else _("All Partnerships")
    if name == "modality":
        return str(Modality(filters.modality).label) if filters.modality else _("Physical and virtual")
    return _start_text(filters)


def _start_text(filters: Filters) -> str:
    first, last = (day and date_format(day, "DATE_FORMAT") for day in (filters.first, filters.last))
    if first and last:
        return _("start from %(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("start from %(first)s") % {"first": first}
    return _("start until %(last)s") % {"last": last} if last else _("any start date")
