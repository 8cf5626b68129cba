"""Visits, and what the lists of open ones need."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self, cast

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from cxc import clock
from cxc.core.compiled_queries import compiled_once
from cxc.workflow import StatefulQuerySet
from exchanges.enums import ExchangeState, VisitState, WaitingState
from exchanges.models.visit.eligibility import eligibility_annotations, host_participates_until
from matching.enums import OPEN_STATES
from matching.models import Match
from matching.models.match.querysets import holds_place
from profiles.models import Profile

if TYPE_CHECKING:
    from exchanges.models.visit.visit import Visit  # noqa: F401 - named in a string below


class VisitQuerySet(StatefulQuerySet["Visit"]):
    """Visits, and what the lists of open ones need."""

    def open(self) -> Self:
        """Open to visitors; whether one may still be asked for is in `exchanges.rules.visit_eligibility`."""
        return self.filter(state=VisitState.OPEN)

    def with_host(self) -> Self:
        return self.select_related("lead", "host_profile__organisation__country", "host_profile__partnership")

    def with_places(self, day: date | None = None) -> Self:
        """Each with how many places are `places_taken`, and how many of its host are `host_places_taken_elsewhere`.

        On this day, today unless said otherwise.
        """
        others = Match.objects.filter(host_profile=OuterRef("host_profile")).holding_places(day or clock.today())
        return self.annotate(
            places_taken=_number_coming() + _number_requested(),
            host_places_taken_elsewhere=_number(others.exclude(_comes_here()), "host_profile", Count("pk")),
        )

    def with_places_held_until(self, day: date | None = None) -> Self:
        """Each with the last days (or None) for which places of its host are held elsewhere, the soonest first."""
        others = Match.objects.filter(host_profile=OuterRef("host_profile")).holding_places(day or clock.today())
        days = others.exclude(_comes_here()).order_by(F("place_until").asc(nulls_last=True))
        return self.annotate(places_held_until=ArraySubquery(days.values("place_until")))

    def with_stage(self) -> Self:
        """Each with what is said of its stage before somebody joins or leaves it (`exchanges.consequences`)."""
        waiting = apps.get_model("exchanges.WaitingListEntry")._base_manager.filter(
            visit=OuterRef("pk"), state=WaitingState.WAITING
        )
        counted = waiting.order_by().values("visit").annotate(number=Count("pk")).values("number")
        found = self.with_host().with_places().select_related("shared_part", "host_profile__generation")
        found = found.prefetch_related("exchanges__match__visiting_profile", "moves", "day_marks")
        return found.annotate(waiting_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0))

    def with_host_participation(self) -> Self:
        """Each with what `visit_eligibility.visit_problem` reads, whoever the visitor is."""
        return self.annotate(host_participates_until=host_participates_until(OuterRef))

    def with_eligibility_of(self, visitor: Profile) -> Self:
        """Each with what `visit_eligibility.problem` reads of this visiting profile."""
        return self.annotate(**eligibility_annotations(lambda path: _read(visitor, path), lambda path: OuterRef(path)))


@compiled_once
def places_held(today: date, *, visit: int, host: int) -> QuerySet[Match, bool]:
    """For each place of the host profile that is taken today: whether it is taken by this visit."""
    here = _comes_here(visit)
    matches = Match.objects.filter(here | holds_place(today), host_profile=host)
    comes = ExpressionWrapper(here, BooleanField())
    return matches.order_by().annotate(comes=comes).values_list("comes", flat=True)


OF_VISIT_AROUND = OuterRef(OuterRef("pk"))


def _comes_here(visit: Any = OF_VISIT_AROUND) -> Q:
    """Of a match: its exchange is on the visit, or its open proposal is for it. That of the query around, or one."""
    coming = Exists(_kept_exchanges().filter(match=OuterRef("pk"), visit=visit))
    requested = Exists(_visit_proposals().filter(match=OuterRef("pk"), visit=visit))
    return Q(coming) | (Q(requested) & Q(state__in=OPEN_STATES))


def _kept_exchanges() -> QuerySet[Any]:
    return cast(
        "QuerySet[Any]", apps.get_model("exchanges.Exchange")._base_manager.exclude(state=ExchangeState.CANCELLED)
    )


def _visit_proposals() -> QuerySet[Any]:
    return cast("QuerySet[Any]", apps.get_model("exchanges.VisitProposal")._base_manager.all())


def _number_coming() -> Coalesce:
    """How many matches have an exchange on the visit of the query around.

    Counted by the visit's exchanges, because a host may have had thousands of matches.
    """
    return _number(_kept_exchanges().filter(visit=OuterRef("pk")), "visit", Count("match", distinct=True))


def _number_requested() -> Coalesce:
    """How many open proposals are for the visit of the query around, and have no exchange on it yet."""
    coming = Exists(_kept_exchanges().filter(match=OuterRef("match"), visit=OuterRef("visit")))
    proposals = _visit_proposals().filter(~coming, visit=OuterRef("pk"), match__state__in=OPEN_STATES)
    return _number(proposals, "visit", Count("pk"))


def _number(rows: QuerySet[Any], common: str, what: Count) -> Coalesce:
    """How many, for each row of the query around; `common` is the column that the counted rows share."""
    grouped = rows.order_by().values(common).annotate(number=what).values("number")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def _read(thing: Any, path: str) -> Any:
    """The value at the end of a path of column names."""
    for name in path.split("__"):
        thing = getattr(thing, name)
    return thing
