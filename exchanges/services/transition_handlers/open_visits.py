"""What follows a transition for open visits, their waiting lists and those who asked, in the same transaction.

Rule: docs/open-visits.md.
"""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import PORTAL
from cxc.core.moments import local_day
from cxc.workflow import TransitionContext, perform
from cxc.workflow.models import StateEvent
from cxc.workflow.registry import after
from exchanges.enums import VisitState
from exchanges.models import Visit, VisitProposal
from exchanges.services import open_visit_mails as mails
from exchanges.services.join_requests import propose_for_visit

WAITING, VISIT = "exchanges.waitinglistentry", "exchanges.visit"
EXCHANGE, MATCH = "exchanges.exchange", "matching.match"
ENDING_TRANSITIONS = (
    "visitor_no",
    "host_no",
    "withdraw",
    "withdraw_as_system",
    "expire",
    "cancel",
    "take_back_yes",
    "take_back_yes_confirmed",
)


@after(WAITING, "offer", order=10)
def create_proposal_from_offer(context: TransitionContext) -> None:
    """By the coordinator who offers it: nobody's yes. What the visitor wrote when it began to wait goes along."""
    entry = context.thing
    text = _("A place has become free: on the waiting list since %(day)s.") % {
        "day": date_format(local_day(entry.asked_at, entry.visit.time_zone))
    }
    message = f"{text}\n\n{entry.message}".strip()
    propose_for_visit(entry.visit, entry.visiting_profile, by=context.actor, message=message, waiting_list_entry=entry)


@after(EXCHANGE, "create", "move_draft", "move_in_preparation", order=30)
def move_proposal_to_visit_of_exchange(context: TransitionContext) -> None:
    """A match that was for one visit is for the visit on which its exchange takes place."""
    exchange = context.thing
    VisitProposal.objects.filter(match=exchange.match_id).exclude(visit=exchange.visit_id).update(visit=exchange.visit)


@after(VISIT, "delete_visit", order=10)
def end_waiting_list(context: TransitionContext) -> None:
    """Who waits is told and taken off; who proposed is told that the proposal stands without the visit."""
    visit, title = context.thing, _("The visit does not take place")
    mail: dict[str, Any] = {"title": title, "by": context.actor, "reason": context.reason}
    text = _("You waited for a place on it. Perhaps another open visit fits.")
    mails.mail_visitors(mails.waiting_entries_of(visit), visit, text=text, path=reverse("open_visits"), **mail)
    for match in mails.open_matches_for(visit):
        text = _("Your match with the host stands without it: meet on other days, withdraw it or cancel it.")
        mails.mail_visitors([match], visit, text=text, path=match.get_absolute_url(), **mail)
    for entry in visit.waiting_list_entries.all():
        perform(entry, "delete_with_visit", by=PORTAL)


# --- mails: after the transitions of further things ------------------------------------------------------------


@after(VISIT, "close_to_visitors", order=90)
def mail_closing(context: TransitionContext) -> None:
    text = _("It takes no more visitors for now. Your place on the waiting list is kept, should it open again.")
    waiting, title = mails.waiting_entries_of(context.thing), _("The visit is closed to visitors")
    mails.mail_visitors(waiting, context.thing, title=title, text=text, by=context.actor, reason=context.reason)


@after(VISIT, "change_dates", order=90)
def mail_changed_dates(context: TransitionContext) -> None:
    """Who asked to come, or waits, has to know."""
    visit = context.thing
    changed = StateEvent.of(visit).filter(transition="change_dates").latest("pk").details.get("changed", {})
    if {"first_day", "last_day"} & set(changed):
        readers = [*mails.waiting_entries_of(visit), *mails.open_matches_for(visit)]
        mails.mail_new_days(readers, visit, by=context.actor)


@after(MATCH, *ENDING_TRANSITIONS, order=95)
def mail_free_place(context: TransitionContext) -> None:
    """The Partnership that can offer it is told, where somebody waits who could come."""
    proposal = VisitProposal.objects.filter(match=context.thing.pk, visit__state=VisitState.OPEN).first()
    if context.is_recorded or proposal is None:
        return
    visit = Visit.objects.with_host().get(pk=proposal.visit_id)
    eligible = visit.waiting_list_entries.all().eligible_now()
    if eligible and visit.count_free_places():
        text = partial(
            mails.format_text, _("Next on the waiting list: %(who)s."), who=eligible[0].visiting_profile.organisation
        )
        mails.mail_host_partnership(visit, title=_("A place is free on the visit"), text=text, by=context.actor)
