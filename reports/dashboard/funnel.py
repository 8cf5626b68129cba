"""How far profiles get, from registration to the closed exchange. Rule: docs/dashboard.md, The funnel."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from exchanges.enums import ExchangeState
from matching.enums import MatchState
from profiles.models import Generation, Partnership
from reports.dashboard.funnel_counts import CLOSED, CLOSED_IN_PORTAL, FEEDBACK, MET_AGAIN, REGISTERED
from reports.dashboard.funnel_levels import ACCEPTED_STATES, FunnelLevel
from reports.dashboard.scope import KINDS, PARAMETERS, SIDES, Figure, list_address
from reports.enums import StoredFigure
from reports.models import CurrentCount, FunnelCount

_MATCHES = {Side.VOP: StoredFigure.MATCH_STATES, Side.HOP: StoredFigure.HOSTED_MATCH_STATES}
_TITLES = {Side.VOP: _("Visiting organisations"), Side.HOP: _("Host organisations")}

# By side and line of a `FunnelCount`: its number, and how many organisations stand behind it.
Counts = dict[tuple[str, str], tuple[int, int | None]]


@dataclass(frozen=True)
class Line:
    """A number, the share (percent) that its explanation speaks of, and how many organisations stand behind it."""

    label: Any
    figure: Figure
    share: int | None = None
    organisations: int | None = None


@dataclass(frozen=True)
class Part:
    """Lines with the heads of their columns, and how they are counted."""

    key: str
    title: Any
    columns: tuple[Any, ...]
    lines: tuple[Line, ...]
    explanation: Any


@dataclass(frozen=True)
class FunnelSide:
    """Visiting organisations, or host organisations."""

    key: str
    title: Any
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class FunnelScope:
    """One Partnership or (None) all, in one generation or (None) in all."""

    partnership: Partnership | None
    generation: Generation | None

    @property
    def keys(self) -> dict[str, int | None]:
        """As counts are stored; empty stands for all."""
        return {
            "partnership_id": self.partnership.pk if self.partnership else None,
            "generation_id": self.generation.pk if self.generation else None,
        }

    def link(self, url_name: str, parameter: str, **filters: Any) -> str:
        """The list narrowed down to this scope; the parameter names whose Partnership is meant."""
        whose = {parameter: self.partnership.acronym} if self.partnership else {}
        return list_address(url_name, self.generation, whose, filters)


def counted_at() -> datetime | None:
    """When the funnel was counted (UTC); None before the first count."""
    return FunnelCount.objects.values_list("counted_at", flat=True).first()


def build_funnel(scope: FunnelScope) -> tuple[FunnelSide, ...]:
    """Both sides with all their numbers, in two queries."""
    counts, matches = _stored_counts(scope), _count_matches(scope)
    return tuple(
        FunnelSide(
            KINDS[side].value,
            _TITLES[side],
            (
                _levels(scope, side, counts),
                _proposals(scope, side, matches[_MATCHES[side]]),
                _afterwards(scope, side, counts),
            ),
        )
        for side in SIDES
    )


def share_of(part: int, whole: int) -> int | None:
    """The part of the whole in percent; None where there is no whole."""
    return round(100 * part / whole) if whole else None


def _stored_counts(scope: FunnelScope) -> Counts:
    """How many, and how many organisations, by side and line."""
    rows = FunnelCount.objects.filter(**scope.keys)
    return {(row.side, row.line): (row.number, row.organisations) for row in rows}


def _levels(scope: FunnelScope, side: Side, counts: Counts) -> Part:
    kind = KINDS[side].value

    def lines() -> Iterator[Line]:
        before = 0
        for key, label in ((REGISTERED, _("Registered")), *FunnelLevel.choices):
            number, organisations = counts.get((side, key), (0, 0))
            filters = {} if key == REGISTERED else {"level": key}
            figure = Figure(number, scope.link("profiles", "partnership", kind=kind, **filters))
            yield Line(label, figure, share_of(number, before), organisations)
            before = number

    return Part(
        "levels",
        _("From registration to the closed exchange"),
        (_("How far it got"), _("Profiles"), _("Share of the line above"), _("Organisations")),
        tuple(lines()),
        _(
            "A profile counts in each line that it has reached, whatever became of it since; registered are all"
            " profiles, drafts and archived ones too. An organisation counts once in each line."
        ),
    )


def _count_matches(scope: FunnelScope) -> dict[str, Counter[str]]:
    """Stored counts of matches by state, as those of the visitors and as those of the hosts."""
    known = {key: pk for key, pk in scope.keys.items() if pk is not None}
    rows = CurrentCount.objects.filter(figure__in=_MATCHES.values(), **known)
    found: dict[str, Counter[str]] = {figure: Counter() for figure in _MATCHES.values()}
    for figure, state, number in rows.order_by().values_list("figure", "value").annotate(total=Sum("number")):
        found[figure][state] = number
    return found


# Of the proposals: what a line counts, by the states of matches, and of which its share is told.
_ANSWERED = (*ACCEPTED_STATES, MatchState.DECLINED)
_PROPOSALS: tuple[tuple[Any, Sequence[MatchState], Sequence[MatchState]], ...] = (
    (_("All proposals"), tuple(MatchState), ()),
    (_("Answered"), _ANSWERED, tuple(MatchState)),
    (_("Accepted by both sides (acceptance rate)"), ACCEPTED_STATES, _ANSWERED),
    (MatchState.DECLINED.label, (MatchState.DECLINED,), _ANSWERED),
    (MatchState.EXPIRED.label, (MatchState.EXPIRED,), tuple(MatchState)),
    (MatchState.WITHDRAWN.label, (MatchState.WITHDRAWN,), tuple(MatchState)),
    (_("Still open"), (MatchState.PROPOSED,), tuple(MatchState)),
)


def _proposals(scope: FunnelScope, side: Side, counts: Counter[str]) -> Part:
    def number(states: Sequence[MatchState]) -> int:
        return sum(counts[state] for state in states)

    def figure(states: Sequence[MatchState]) -> Figure:
        filters = {} if len(states) == len(MatchState) else {"state": [state.value for state in states]}
        return Figure(number(states), scope.link("matches", PARAMETERS[side], **filters))

    return Part(
        "proposals",
        _("Proposals and their answers"),
        (_("Proposals"), _("Number"), _("Share")),
        tuple(
            Line(label, figure(states), share_of(number(states), number(whole))) for label, states, whole in _PROPOSALS
        ),
        _(
            "Accepted and declined proposals are shares of the answered ones, all others of all proposals. A match that"
            " was cancelled after both had accepted counts as accepted."
        ),
    )


def _afterwards(scope: FunnelScope, side: Side, counts: Counts) -> Part:
    closed, again, in_portal, feedback = (
        counts.get((side, line), (0, None))[0] for line in (CLOSED, MET_AGAIN, CLOSED_IN_PORTAL, FEEDBACK)
    )
    link = scope.link("exchanges", PARAMETERS[side], state=ExchangeState.CLOSED.value)
    given = _("With the visitor's feedback") if side is Side.VOP else _("With the host's feedback")
    return Part(
        "afterwards",
        _("After the exchange"),
        (_("Exchanges"), _("Number"), _("Share")),
        (
            Line(_("Closed"), Figure(closed, link)),
            Line(
                _("The same two organisations met again (follow-up rate)"), Figure(again, ""), share_of(again, closed)
            ),
            Line(_("Closed in the portal"), Figure(in_portal, ""), share_of(in_portal, closed)),
            Line(given, Figure(feedback, ""), share_of(feedback, in_portal)),
        ),
        _(
            "Met again are closed exchanges after which the same two organisations made another one that is confirmed,"
            " whoever visits. Feedback is a share of what was closed in the portal: nobody is asked for it where an"
            " exchange was recorded afterwards."
        ),
    )
