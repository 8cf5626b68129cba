"""The scheme's values for texts that explain it: read from the settings and the generation, never written there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc import clock
from cxc.core.languages import in_sentence
from cxc.core.models import SchemeSettings
from profiles.enums import OrganisationKind, ProfileKind
from profiles.models import Country, Generation, LumpSumCeiling, PayoutStep


@dataclass(frozen=True)
class PayoutRule:
    """One pay-out rule, steps of (from working days, percent of the ceiling), and how many Partnerships follow it."""

    steps: tuple[tuple[int, Decimal], ...]
    partnerships: int


def values_by_name(generation: Generation | None) -> dict[str, Any]:
    """Every setting of the scheme by its name, and the generation's rules; lists as text."""
    scheme = SchemeSettings.current()
    found = {field.name: getattr(scheme, field.name) for field in SchemeSettings._meta.fields if field.name != "id"}
    found = {name: _numbers_as_text(value) if isinstance(value, list) else value for name, value in found.items()}
    model = generation or Generation()
    found |= {
        "generation": str(generation or ""),
        "min_working_days": model.min_working_days,
        "max_stay_months": model.max_stay_months,
        "least_stay": ngettext("%(number)s working day", "%(number)s working days", model.min_working_days)
        % {"number": model.min_working_days},
        "longest_stay": ngettext("%(number)s month", "%(number)s months", model.max_stay_months)
        % {"number": model.max_stay_months},
        "physical_times": ngettext("once", "%(number)s times", model.physical_per_visitor)
        % {"number": model.physical_per_visitor},
        "visitor_kinds": kinds_as_text(model.kinds_for(ProfileKind.VISITING)),
        "host_kinds": kinds_as_text(model.kinds_for(ProfileKind.HOST)),
    }
    return found


def _numbers_as_text(values: list[int]) -> str:
    """ "3, 7 and 14"."""
    *first, last = [str(value) for value in values] or [""]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def kinds_as_text(kinds: list[str] | None) -> str:
    """Kinds of organisation as a list in a sentence: firms first, since most who read it are one."""
    ordered = sorted(kinds or [], key=lambda kind: kind != OrganisationKind.SME)
    return ", ".join(in_sentence(OrganisationKind(kind).label) for kind in ordered)


def ceilings(generation: Generation | None) -> list[LumpSumCeiling]:
    """The ceilings (EUR) in force today of the countries that participate, by country."""
    today = clock.today()
    rows = LumpSumCeiling.objects.filter(valid_from__lte=today).exclude(valid_to__lt=today)
    if generation is not None:
        rows = rows.filter(country__in=generation.countries.all())
    return list(rows.select_related("country").order_by("country"))


def countries(generation: Generation | None) -> list[Country]:
    """The countries that participate, by name."""
    return list(generation.countries.all()) if generation is not None else []


def payout_rules(generation: Generation | None, *, until: date | None = None) -> list[PayoutRule]:
    """The pay-out rules of the generation's Partnerships, the most frequent first.

    With a day: only of those whose participation has not ended before it.
    """
    participations: dict[str, Any] = {"partnership__participations__generation": generation}
    if until is not None:
        participations["partnership__participations__last_day__gte"] = until
    rows = PayoutStep.objects.filter(**participations).order_by("from_days")
    steps: dict[int, tuple[tuple[int, Decimal], ...]] = {}
    for partnership, days, percent in rows.values_list("partnership_id", "from_days", "percent"):
        steps[partnership] = (*steps.get(partnership, ()), (days, percent))
    different = sorted(set(steps.values()), key=lambda rule: (-list(steps.values()).count(rule), rule))
    return [PayoutRule(rule, list(steps.values()).count(rule)) for rule in different]
