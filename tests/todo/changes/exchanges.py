"""Changes of visits, exchanges and what belongs to them."""

from collections.abc import Mapping
from datetime import date

from cxc.access.scoped import Actor
from cxc.workflow import create, perform
from exchanges.enums import ExchangeState
from exchanges.models import AgendaItem, Evidence, Exchange, Payment, Visit, WaitingListEntry
from helpdesk.models import HelpRequest
from matching.models import Match
from profiles.enums import ProfileKind
from profiles.models import (
    Profile,
    User,
)
from profiles.queries.principals import actor_of
from tests.factories.parties import Parties
from tests.scenarios import lifecycle, open_visits
from tests.todo.changes.steps import After, Change, in_state, own, sql, waiting


def lead_handed_over(parties: Parties) -> object:
    return perform(own(parties).visit, "hand_over", by=parties.so, partnership=parties.hop)


def host_of(visit: Visit) -> Actor:
    return actor_of(User.objects.get(memberships__organisation=visit.host_profile.organisation_id))


def draft_for_open_visit(parties: Parties) -> Exchange:
    """The one place of the open visit is taken by a draft exchange."""
    visit = waiting().visit
    visiting, owner = open_visits.another_published_visitor(parties)
    match = Match(visiting_profile=visiting, host_profile=visit.host_profile, modality=visit.modality)
    create(match, "propose", by=owner)
    perform(match, "host_yes", by=host_of(visit))
    return lifecycle.exchange(match, visit, parties.vop_coordinator)


def delete_draft_of_open_visit(parties: Parties) -> None:
    perform(waiting().visit.exchanges.get(), "delete_draft", by=parties.so)
    match = Match.objects.get(host_profile=waiting().visit.host_profile, state="confirmed")
    perform(match, "cancel", by=parties.so, reason="Ill.")


def cancel_on_open_visit(parties: Parties) -> None:
    exchange = waiting().visit.exchanges.get()
    perform(exchange, "prepare", by=parties.so)
    perform(exchange, "cancel", by=parties.so, reason="Ill.")
    perform(Match.objects.get(pk=exchange.match_id), "cancel", by=parties.so, reason="Ill.")


def matches_of_open_visit_deleted(_parties: Parties) -> None:
    visit = waiting().visit
    matches = list(visit.exchanges.values_list("match", flat=True))
    visit.exchanges.all().delete()
    Match.objects.filter(pk__in=matches).delete()


EXCHANGES: Mapping[str, Change] = {
    "lead handed over": lead_handed_over,
    "lead changed without its service": lambda parties: Visit.objects.update(lead=parties.hop),
    "days of a visit": lambda _: Visit.objects.update(first_day=date(2026, 9, 29)),
    "cancelled": lambda parties: perform(own(parties), "cancel", by=parties.so, reason="Ill."),
    "draft deleted": lambda parties: perform(in_state(ExchangeState.DRAFT), "delete_draft", by=parties.so),
    "draft deleted without its service": lambda _: Exchange.objects.filter(state=ExchangeState.DRAFT).delete(),
    "agendas deleted": lambda _: AgendaItem.objects.all().delete(),
    "agendas of another visit": lambda _: AgendaItem.objects.update(visit=in_state(ExchangeState.READY).visit),
    "texts written by SQL": sql(
        "UPDATE exchanges_ownpart SET objectives = 'A', outcomes = 'B', follow_up = 'C', responsibilities = 'D'"
    ),
    "evidence deleted": lambda _: Evidence.objects.all().delete(),
    "payment deleted": lambda _: Payment.objects.all().delete(),
    "visitor waits no more": lambda _: perform(waiting(), "leave", by=_.so),
    "waiting-list entry deleted": lambda _: WaitingListEntry.objects.all().delete(),
    "place on an open visit taken": draft_for_open_visit,
    "draft on an open visit deleted": After(draft_for_open_visit, delete_draft_of_open_visit),
    "exchange on an open visit cancelled": After(draft_for_open_visit, cancel_on_open_visit),
    "matches of an open visit deleted": After(draft_for_open_visit, matches_of_open_visit_deleted),
    "places of the host": lambda _: Profile.objects.filter(kind=ProfileKind.HOST).update(places=5),
    "question of another Partnership": lambda parties: HelpRequest.objects.update(partnership=parties.hop),
}
