"""What the lists of apps below can be narrowed down by from here."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from exchanges.enums import ExchangeState
from exchanges.models import Exchange
from matching.enums import MatchState
from matching.filters.matches import MatchFilter


def without_exchange(matches: QuerySet) -> QuerySet:
    """Confirmed matches whose exchange is still to be built: none stands that is not cancelled."""
    current = Exchange.objects.filter(match=OuterRef("pk")).exclude(state=ExchangeState.CANCELLED)
    return matches.filter(~Exists(current), state=MatchState.CONFIRMED)


def _by_exchange(matches: QuerySet, _name: str, _value: Any) -> QuerySet:
    return without_exchange(matches)


MatchFilter.add_filters(
    exchange=django_filters.ChoiceFilter(
        label=_("Exchange"), choices=[("none", _("Confirmed, still to be built"))], method=_by_exchange
    )
)
