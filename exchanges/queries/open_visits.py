"""What the pages of open visits read: which are there for whom, who asks to come, who waits.

Rule: docs/open-visits.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, may_see
from cxc.workflow.deadlines import Deadlines
from exchanges.models import Visit, VisitProposal, WaitingListEntry
from exchanges.models.visit import VisitQuerySet
from exchanges.queries.fit_scores import Fit, fits_with
from exchanges.rules import visit_eligibility
from matching.enums import OPEN_STATES
from matching.models import HiddenProfile, Match
from matching.queries.catalogue import browsable
from matching.queries.own_profiles import own_available
from profiles.enums import ProfileKind
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet


@dataclass
class OpenVisitRow:
    """A visit as one visiting profile meets it (or nobody in particular): `problem` is empty where it could come."""

    visit: Visit
    problem: str = ""
    fit: Fit | None = None
    match: Match | None = None
    entry: WaitingListEntry | None = None
    free_days: int | None = None

    @property
    def is_mine(self) -> bool:
        """Asked for, or waited for, already."""
        return self.match is not None or self.entry is not None

    @property
    def is_possible(self) -> bool:
        return self.is_mine or not self.problem

    @property
    def order(self) -> tuple:
        best_first = -self.fit.score if self.fit else 0
        return (not self.is_possible, not self.is_mine, best_first, self.visit.first_day, self.visit.pk)


@dataclass
class JoinRequestRow:
    """Who asks to come, with the proposal; or who waits, with the position in the list and why it can't be offered."""

    profile: Profile
    fit: Fit | None
    match: Match | None = None
    entry: WaitingListEntry | None = None
    problem: str = ""
    is_next: bool = False
    was_offered: bool = False


def visiting_profiles_of(actor: Actor) -> ProfileQuerySet:
    """The actor's own published visiting profiles, or a Partnership's."""
    return own_available(actor).filter(kind=ProfileKind.VISITING)


def upcoming_open_visits(actor: Actor) -> VisitQuerySet:
    """The open visits that have not begun, at hosts whose profiles the actor may browse."""
    ahead = Visit.objects.open().filter(first_day__gte=clock.today())
    return ahead.filter(host_profile__in=browsable(actor).values("pk")).with_host()


def get_visible_visit(actor: Actor, pk: int) -> Visit:
    """An open visit for its page; also one that is closed, for its own parties and for who asked or waits."""
    visit = Visit.objects.with_host().with_places().filter(pk=pk).first()
    if visit is None or not (
        upcoming_open_visits(actor).filter(pk=pk).exists()
        or may_see(actor, visit)
        or WaitingListEntry.objects.visible_to(actor).filter(visit=visit).exists()
        or VisitProposal.objects.filter(visit=visit, match__in=Match.objects.visible_to(actor)).exists()
    ):
        raise Http404
    return visit


def open_visit_rows(visits: VisitQuerySet, visitor: Profile | None) -> list[OpenVisitRow]:
    """The visits as this visiting profile meets them: asked for already, then the best fitting, then the others."""
    deadlines = Deadlines()
    if visitor is None:
        return sorted(
            (OpenVisitRow(visit, visit_eligibility.request_problem(visit)) for visit in visits.with_places()),
            key=_order,
        )
    found = list(visits.with_places().with_eligibility_of(visitor))
    fits = fits_with(visitor, list({visit.host_profile_id: visit.host_profile for visit in found}.values()))
    hidden = set(HiddenProfile.objects.filter(profile=visitor).values_list("other_id", flat=True))
    matches, entries = _matches_of(visitor, found), _entries_of(visitor, found)
    rows = [
        OpenVisitRow(
            visit,
            _hidden_problem(visit, hidden) or _join_problem(visitor, visit, deadlines),
            fits.get(visit.host_profile_id),
            matches.get(visit.pk),
            entries.get(visit.pk),
            visit_eligibility.days_in_common(visitor, visit, deadlines),
        )
        for visit in found
    ]
    return sorted(rows, key=_order)


def _order(row: OpenVisitRow) -> tuple:
    return row.order


def _hidden_problem(visit: Visit, hidden: set[int]) -> str:
    if visit.host_profile_id not in hidden:
        return ""
    return _("Take back your “not for me” to this host first, to ask.")


def _join_problem(visitor: Profile, visit: Visit, deadlines: Deadlines) -> str:
    """Why it can't ask now: it could not come, it is too late, or there is neither a place nor a list."""
    reason = visit_eligibility.problem(visitor, visit, visit, deadlines) or visit_eligibility.request_problem(visit)
    if reason or visit.free_places or visit.has_waiting_list:
        return reason
    return _("Look for another open visit: this one is full and keeps no waiting list.")


def _matches_of(visitor: Profile, visits: Iterable[Visit]) -> dict[int, Match]:
    """Its open proposals, by visit."""
    mine = VisitProposal.objects.filter(match__visiting_profile=visitor, match__state__in=OPEN_STATES)
    return {row.visit_id: row.match for row in mine.filter(visit__in=[v.pk for v in visits]).select_related("match")}


def _entries_of(visitor: Profile, visits: Iterable[Visit]) -> dict[int, WaitingListEntry]:
    """Where it waits, with its number, by visit."""
    mine = WaitingListEntry.objects.waiting().filter(visiting_profile=visitor, visit__in=[visit.pk for visit in visits])
    return {entry.visit_id: entry for entry in mine.with_positions()}


def join_requests(visit: Visit) -> list[JoinRequestRow]:
    """Who asks to come or was offered a place, and has an open match for it: those that fit best first."""
    proposals = _proposals(visit).filter(match__state__in=OPEN_STATES)
    fits = fits_with(visit.host_profile, [proposal.match.visiting_profile for proposal in proposals])
    rows = [
        JoinRequestRow(
            proposal.match.visiting_profile,
            fits.get(proposal.match.visiting_profile_id),
            proposal.match,
            was_offered=proposal.waiting_list_entry_id is not None,
        )
        for proposal in proposals
    ]
    return sorted(
        rows, key=lambda row: (-(row.fit.score if row.fit else 0), row.profile.organisation.legal_name, row.profile.pk)
    )


def ended_matches(visit: Visit) -> list[Match]:
    """Proposals for the visit that came to an end, latest first."""
    return [row.match for row in _proposals(visit).exclude(match__state__in=OPEN_STATES).order_by("-pk")]


def _proposals(visit: Visit) -> QuerySet[VisitProposal]:
    return VisitProposal.objects.filter(visit=visit).select_related(
        "match__visiting_profile__organisation__country",
        "match__visiting_profile__partnership",
        "match__host_profile__organisation",
    )


def waiting_list(visit: Visit) -> list[JoinRequestRow]:
    """The waiting list in order; the first to whom a place can be offered is the next."""
    deadlines = Deadlines()
    entries = list(
        visit.waiting_list_entries.waiting().with_display_relations().with_eligibility().with_positions().oldest_first()
    )
    fits = fits_with(visit.host_profile, [entry.visiting_profile for entry in entries])
    rows = [
        JoinRequestRow(
            entry.visiting_profile, fits.get(entry.visiting_profile_id), None, entry, entry.problem(deadlines)
        )
        for entry in entries
    ]
    following = next((row for row in rows if not row.problem), None)
    if following is not None:
        following.is_next = True
    return rows
