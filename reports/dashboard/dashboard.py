"""All sections of one Partnership's dashboard."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.workflow.deadlines import Deadlines
from exchanges.enums import CONFIRMED_STATES, RUNNING_STATES, ExchangeState
from matching.enums import MatchState
from profiles.enums import Modality, ProfileState
from profiles.models import Participation
from reports.dashboard import queries
from reports.dashboard.overdue import Overdue, find_overdue
from reports.dashboard.scope import SIDES, Figure, Row, Scope, Section

AS_VOP, AS_HOP = _("Our visitors (as VOP)"), _("Our hosts (as HOP)")


@dataclass(frozen=True)
class Target:
    """How far a participation is: confirmed exchanges of its visitors against its target."""

    participation: Participation
    confirmed: Figure
    closed: Figure
    days_left: int

    @property
    def target(self) -> int:
        return self.participation.target

    @property
    def percent(self) -> int | None:
        return round(100 * self.confirmed.number / self.target) if self.target else None

    @property
    def remaining(self) -> int:
        return max(self.target - self.confirmed.number, 0)

    @property
    def shown(self) -> int:
        """As long as the bar can be."""
        return min(self.confirmed.number, self.target)

    @property
    def is_open(self) -> bool:
        return self.days_left >= 0


@dataclass(frozen=True)
class Dashboard:
    """What the page shows."""

    scope: Scope
    waiting: tuple[Row, ...]
    sections: tuple[Section, ...]
    overdue: Overdue
    targets: tuple[Target, ...]
    money: Section


def build_dashboard(scope: Scope) -> Dashboard:
    """Everything on the dashboard, in a constant number of queries."""
    deadlines = Deadlines()
    overdue, stored = find_overdue(scope), queries.stored_counts(scope)
    profiles, matches, exchanges = _profiles(scope, stored), _matches(scope, stored), _exchanges(scope, stored)
    money, targets = _money(scope, deadlines.today(), stored), _targets(scope, deadlines.today(), stored)
    waiting = (
        *(profiles.rows[name] for name in ("submitted", "needed")),
        *(matches.rows[name] for name in ("visitor", "host", "nobody", "none")),
        exchanges.rows["asked"],
    )
    return Dashboard(scope, waiting, (profiles, matches, exchanges), overdue, targets, money)


def _profiles(scope: Scope, stored: queries.StoredCounts) -> Section:
    counts = queries.profiles(scope, stored)

    def named_row(label: object, key: str, **filters: object) -> tuple[str, Row]:
        figures = (Figure(counts[side][key], scope.profiles_link(side, **filters)) for side in SIDES)
        return key, Row(label, tuple(figures))

    states = (ProfileState.DRAFT, ProfileState.PUBLISHED, ProfileState.REFUSED, ProfileState.ARCHIVED)
    return Section(
        "profiles",
        _("Profiles"),
        _(
            "Profiles under the Partnership: visiting ones on the left, hosts on the right. A visitor still needs a"
            " partner while it is published and has neither a confirmed match in a way it wants nor used up its"
            " physical exchange; a host while it is published and has a free place today."
        ),
        (AS_VOP, AS_HOP),
        dict(
            [
                named_row(_("To accept"), "submitted", state=ProfileState.SUBMITTED.value),
                named_row(_("Published, still without a partner"), "needed", partner="needed"),
                named_row(_("Eligibility to confirm anew"), "again", eligibility="again"),
                *(named_row(state.label, state, state=state.value) for state in states),
            ]
        ),
        headline=ProfileState.PUBLISHED,
    )


def _matches(scope: Scope, stored: queries.StoredCounts) -> Section:
    counts = {side: queries.matches(scope, side, stored) for side in SIDES}

    def named_row(label: object, key: str, **filters: object) -> tuple[str, Row]:
        figures = (Figure(counts[side][key], scope.link("matches", side, **filters)) for side in SIDES)
        return key, Row(label, tuple(figures))

    return Section(
        "matches",
        _("Matches"),
        _(
            "Matches of the Partnership's visitors on the left, of its hosts on the right; one between its own visitor"
            " and its own host stands on both sides. A proposal that waits for both answers counts in both lines."
        ),
        (AS_VOP, AS_HOP),
        dict(
            [
                named_row(_("Proposals that wait for the visitor"), "visitor", waits_for="visitor"),
                named_row(_("Proposals that wait for the host"), "host", waits_for="host"),
                named_row(_("Proposals whose visitor has a match by now"), "nobody", waits_for="nobody"),
                named_row(_("Confirmed, exchange still to build"), "none", exchange="none"),
                *(named_row(state.label, state, state=state.value) for state in MatchState),
            ]
        ),
        headline=MatchState.CONFIRMED,
    )


def _exchanges(scope: Scope, stored: queries.StoredCounts) -> Section:
    counts = {side: queries.exchanges(scope, side, stored) for side in SIDES}
    confirmed = [state.value for state in CONFIRMED_STATES]

    def named_row(label: object, key: str, **filters: object) -> tuple[str, Row]:
        figures = (Figure(counts[side][key], scope.link("exchanges", side, **filters)) for side in SIDES)
        return key, Row(label, tuple(figures))

    return Section(
        "exchanges",
        _("Exchanges"),
        _(
            "Exchanges of the Partnership's visitors on the left, at its hosts on the right; one that is both stands on"
            " both sides. Confirmed are those in preparation, ready, ongoing or closed. A visit is grouped when two or"
            " more confirmed exchanges are on it, whoever's visitors they are."
        ),
        (AS_VOP, AS_HOP),
        dict(
            [
                named_row(_("Requests to cancel that wait for an answer"), "asked", cancelling="asked"),
                *(named_row(state.label, state, state=state.value) for state in ExchangeState),
                named_row(_("Confirmed"), "confirmed", state=confirmed),
                named_row(_("Confirmed, on grouped visits"), "grouped", state=confirmed, size="grouped"),
                named_row(_("Confirmed, alone on a visit"), "single", state=confirmed, size="single"),
            ]
        ),
        headline="confirmed",
    )


def _money(scope: Scope, today: date, stored: queries.StoredCounts) -> Section:
    running = {"state": [state.value for state in RUNNING_STATES], "modality": Modality.PHYSICAL.value}
    due, late, in_part, paid = queries.payments(scope, today, stored)

    def named_row(label: object, key: str, counts: queries.Counts, url_name: str, **filters: object) -> tuple[str, Row]:
        figures = []
        for size in (None, True, False):
            wanted = [True, False] if size is None else [size]
            more = {} if size is None else {"size": "grouped" if size else "single"}
            figures.append(
                Figure(
                    sum(counts.numbers[is_grouped] for is_grouped in wanted),
                    scope.link(url_name, Side.VOP, **filters, **more),
                    sum((counts.amounts.get(is_grouped, Decimal(0)) for is_grouped in wanted), Decimal(0)),
                )
            )
        return key, Row(label, tuple(figures))

    return Section(
        "money",
        _("Money"),
        _(
            "Lump sums of the Partnership's visitors, whom it pays as VOP; as HOP it pays nobody. Promised: agreed lump"
            " sums of physical exchanges in preparation, ready or ongoing. Due and paid: payments, whatever became of"
            " the exchange; of one paid in part the rest is due. An ongoing exchange whose payment is due already"
            " stands in both. The number in brackets is that of the exchanges or payments."
        ),
        (_("All"), _("On grouped visits"), _("Alone on a visit")),
        dict(
            [
                named_row(_("Promised"), "promised", queries.promised(scope), "exchanges", **running),
                named_row(_("Due"), "due", due, "payments", state="due"),
                named_row(_("Of these, late"), "late", late, "payments", state="due", late="pay"),
                named_row(_("Paid of these already"), "in_part", in_part, "payments", state="due", paid="part"),
                named_row(_("Paid in full"), "paid", paid, "payments", state="paid"),
            ]
        ),
        headline="due",
    )


def _targets(scope: Scope, today: date, stored: queries.StoredCounts) -> tuple[Target, ...]:
    done = queries.done(stored)
    mine = Participation.objects.filter(partnership=scope.partnership).select_related("generation")
    if scope.generation:
        mine = mine.filter(generation=scope.generation)
    return tuple(_target(scope, one, done.get(one.generation_id, {}), today) for one in mine)


def _target(scope: Scope, one: Participation, done: dict[str, int], today: date) -> Target:
    within = Scope(scope.partnership, one.generation)
    confirmed = [state.value for state in CONFIRMED_STATES]
    return Target(
        one,
        Figure(done.get("confirmed", 0), within.link("exchanges", Side.VOP, state=confirmed)),
        Figure(done.get("closed", 0), within.link("exchanges", Side.VOP, state="closed")),
        (one.last_day - today).days,
    )
