"""What the lists of apps below can be narrowed down by from here."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from exchanges.queries.visits import without_exchange
from matching.filters.matches import MatchFilter
from matching.models.match.querysets import MatchQuerySet


def _by_exchange(matches: MatchQuerySet, _name: str, _value: Any) -> MatchQuerySet:
    return without_exchange(matches)


MatchFilter.add_filters(
    exchange=django_filters.ChoiceFilter(
        label=_("Exchange"), choices=[("none", _("Confirmed, still to be built"))], method=_by_exchange
    )
)
