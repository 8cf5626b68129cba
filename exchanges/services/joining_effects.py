"""What follows a move for open visits, their waiting lists and those who asked, in the same transaction.

Rule: open visits.
"""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import PORTAL
from cxc.core.moments import local_day
from cxc.ground.models import StateEvent
from cxc.workflow import TransitionContext, perform
from cxc.workflow.registry import after
from exchanges.enums import VisitState
from exchanges.models import Visit, VisitProposal
from exchanges.services import joining_mails as mails
from exchanges.services.joining import propose_for

WAITING, VISIT = "exchanges.waitingplace", "exchanges.visit"
EXCHANGE, MATCH = "exchanges.exchange", "matching.match"
ENDS = (
    "visitor_no",
    "host_no",
    "withdraw",
    "withdraw_by_itself",
    "expire",
    "cancel",
    "take_back_yes",
    "take_back_yes_confirmed",
)


@after(WAITING, "offer", order=10)
def propose_the_place(context: TransitionContext) -> None:
    """By the coordinator who offers it: nobody's yes. What the visitor wrote when it began to wait goes along."""
    place = context.thing
    words = _("A place has become free: on the waiting list since %(day)s.") % {
        "day": date_format(local_day(place.asked_at, place.visit.time_zone))
    }
    message = f"{words}\n\n{place.message}".strip()
    propose_for(place.visit, place.visiting_profile, by=context.actor, message=message, came_from=place)


@after(EXCHANGE, "create", order=30)
def follow_the_exchange(context: TransitionContext) -> None:
    """A match that was for one visit is for the visit on which its exchange takes place."""
    exchange = context.thing
    VisitProposal.objects.filter(match=exchange.match_id).exclude(visit=exchange.visit_id).update(visit=exchange.visit)


@after(VISIT, "delete_visit", order=10)
def end_the_waiting(context: TransitionContext) -> None:
    """Who waits is told and taken off; who proposed is told that the proposal stands without the visit."""
    visit, title = context.thing, _("The visit does not take place")
    told: dict[str, Any] = {"title": title, "by": context.actor, "reason": context.reason}
    words = _("You waited for a place on it. Perhaps another open visit fits.")
    mails.to_visitors(mails.waiting_for(visit), visit, words=words, path=reverse("open_visits"), **told)
    for match in mails.asked_for(visit):
        words = _("Your match with the host stands without it: meet on other days, withdraw it or cancel it.")
        mails.to_visitors([match], visit, words=words, path=match.get_absolute_url(), **told)
    for place in visit.waiting.all():
        perform(place, "go_with_the_visit", by=PORTAL)


# --- mails: after what moves further things ------------------------------------------------------------


@after(VISIT, "close_to_visitors", order=90)
def tell_of_the_closing(context: TransitionContext) -> None:
    words = _("It takes no more visitors for now. Your place on the waiting list is kept, should it open again.")
    waiting, title = mails.waiting_for(context.thing), _("The visit is closed to visitors")
    mails.to_visitors(waiting, context.thing, title=title, words=words, by=context.actor, reason=context.reason)


@after(VISIT, "edit_frame", order=90)
def tell_of_other_days(context: TransitionContext) -> None:
    """Who asked to come, or waits, has to know."""
    visit = context.thing
    changed = StateEvent.of(visit).filter(transition="edit_frame").latest("pk").details.get("changed", {})
    if not {"first_day", "last_day"} & set(changed):
        return
    sentence = _("From %(first)s to %(last)s. Withdraw, or leave the list, if you can't come then.")
    words = partial(mails.filled, sentence, first=visit.first_day, last=visit.last_day)
    readers = [*mails.waiting_for(visit), *mails.asked_for(visit)]
    mails.to_visitors(readers, visit, title=_("The dates of the visit have changed"), words=words, by=context.actor)


@after(MATCH, *ENDS, order=95)
def tell_of_a_free_place(context: TransitionContext) -> None:
    """The Partnership that can offer it is told, where somebody waits who could come."""
    proposal = VisitProposal.objects.filter(match=context.thing.pk, visit__state=VisitState.OPEN).first()
    if context.is_recorded or proposal is None:
        return
    visit = Visit.objects.with_host().get(pk=proposal.visit_id)
    line = visit.waiting.all().who_could_come()
    if line and visit.places_left():
        words = partial(
            mails.filled, _("Next on the waiting list: %(who)s."), who=line[0].visiting_profile.organisation
        )
        mails.to_the_hosts_partnership(visit, title=_("A place is free on the visit"), words=words, by=context.actor)
