"""From the page of a match to its exchange, or to making one."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Principal, Side, may_see, sides_of
from exchanges.models import Exchange, VisitProposal
from exchanges.queries.visits import visits_to_join
from matching.enums import MatchState
from matching.links import Link, add_match_links
from matching.models import Match

SIDES_THAT_CREATE_EXCHANGES = frozenset({Side.VOP, Side.HOP, Side.SO})


@add_match_links
def visit_link(match: Match, actor: Actor) -> Iterable[Link]:
    """The open visit that the match is for."""
    proposal = VisitProposal.objects.filter(match=match).select_related("visit__host_profile__organisation").first()
    if proposal is not None:
        visit = proposal.visit
        days = {"visit": visit, "first": date_format(visit.first_day), "last": date_format(visit.last_day)}
        address = reverse("open_visit", args=[visit.pk])
        yield Link(_("For the visit “%(visit)s”, %(first)s to %(last)s") % days, address)
        if match.state == MatchState.PROPOSED and may_see(actor, visit, "join_requests"):
            yield Link(_("Who asks to come, those that fit first"), reverse("visit_join_requests", args=[visit.pk]))


@add_match_links
def exchange_links(match: Match, actor: Actor) -> Iterable[Link]:
    """Its exchanges; for a confirmed match without one, the way to a visit."""
    made = Exchange.objects.filter(match=match).with_display_relations()
    for exchange in made:
        if may_see(actor, exchange):
            values = {"reference": exchange.reference, "state": exchange.get_state_display()}
            yield Link(_("Exchange %(reference)s, %(state)s") % values, exchange.get_absolute_url())
    if match.state == MatchState.CONFIRMED and actor.may_write and all(e.state == "cancelled" for e in made):
        yield from _visit_links(match, actor)


def _visit_links(match: Match, actor: Actor) -> Iterable[Link]:
    """A host or a Partnership creates the visit; a Partnership joins one that stands, first the one asked for."""
    join = reverse("visit_join", args=[match.pk])
    sides = sides_of(actor, match)
    if sides & SIDES_THAT_CREATE_EXCHANGES and (
        proposal := VisitProposal.objects.filter(match=match).select_related("visit").first()
    ):
        values = {"visit": proposal.visit}
        yield Link(_("Add to the visit “%(visit)s”") % values, f"{join}?visit={proposal.visit_id}", is_button=True)
    if sides & SIDES_THAT_CREATE_EXCHANGES and visits_to_join(match).exists():
        yield Link(_("Join a visit of this host"), join, is_button=True)
    if sides & {*SIDES_THAT_CREATE_EXCHANGES, Side.HO} and actor.principal is not Principal.OBSERVER:
        yield Link(_("Create a visit"), f"{reverse('visit_create')}?match={match.pk}", is_button=True)
