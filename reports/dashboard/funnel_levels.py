"""The levels of the funnel, and the list of profiles' filter by level. Rule: docs/dashboard.md, The funnel."""

import django_filters
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchanges.enums import ExchangeState
from exchanges.models import Exchange
from matching.enums import MatchState
from matching.models import Match
from profiles.filters.profiles import ProfileFilter
from profiles.models.profile.querysets import ProfileQuerySet

# States of a match to which both sides said yes, whatever became of it.
ACCEPTED_STATES = (MatchState.CONFIRMED, MatchState.COMPLETED, MatchState.CANCELLED)
STARTED_STATES = (ExchangeState.ONGOING, ExchangeState.CLOSED)


class FunnelLevel(models.TextChoices):
    """How far a profile has got; whatever reached a level has reached those before it."""

    PUBLISHED = "published", _("Published at least once")
    PROPOSED = "proposed", _("With a proposal")
    CONFIRMED = "confirmed", _("With a confirmed match")
    STARTED = "started", _("With an exchange that started")
    CLOSED = "closed", _("With a closed exchange")


def reached(level: str) -> Q:
    """The condition on a profile that it has reached this level: as visitor or host, whatever became of it since."""
    if level == FunnelLevel.PUBLISHED:
        return Q(published_at__isnull=False)
    if level == FunnelLevel.PROPOSED:
        return _has(Match.objects.all(), "")
    if level == FunnelLevel.CONFIRMED:
        return _has(Match.objects.filter(state__in=ACCEPTED_STATES), "")
    states = STARTED_STATES if level == FunnelLevel.STARTED else (ExchangeState.CLOSED,)
    return _has(Exchange.objects.filter(state__in=states), "match__")


def _has(rows: models.QuerySet, path: str) -> Q:
    """The condition that one of the rows is of the profile; the path leads from a row to its match."""
    sides = (rows.order_by().values(f"{path}{side}_profile") for side in ("visiting", "host"))
    visiting, host = (Q(pk__in=side) for side in sides)
    return visiting | host


def _by_level(profiles: ProfileQuerySet, _name: str, level: str) -> ProfileQuerySet:
    return profiles.filter(reached(level))


ProfileFilter.add_filters(
    level=django_filters.ChoiceFilter(label=_("How far it got"), choices=FunnelLevel.choices, method=_by_level)
)
