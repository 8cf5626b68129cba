"""Mails about an open visit to those who asked for it, wait for it, or look after its host.

Rule: docs/open-visits.md.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, Scoped, Side
from cxc.comms.notifications import TEMPLATE
from cxc.comms.outbox import queue_mail
from cxc.comms.recipients import addressees_on
from cxc.core.links import absolute
from exchanges.models import Visit, VisitProposal, WaitingListEntry
from matching.enums import OPEN_STATES
from matching.models import Match

# Said in each reader's language when their mail is written.
LazyText = Any | Callable[[], str]


def format_text(sentence: Any, **values: Any) -> str:
    """A lazy sentence with its values; dates are said as the language of the moment says them."""
    values = {name: date_format(value) if isinstance(value, date) else value for name, value in values.items()}
    return str(sentence) % values


def mail_visitors(
    things: Iterable[Scoped], visit: Visit, *, title: Any, text: LazyText, by: Actor, reason: str = "", path: str = ""
) -> None:
    """One mail to everybody on the visitors' side of these proposals and waiting places."""
    _write(things, Side.VO, visit, title, text, path or reverse("open_visit", args=[visit.pk]), by, reason)


def mail_new_days(readers: Iterable[Scoped], visit: Visit, *, by: Actor) -> None:
    """Those who asked to come, or wait, have to know that the days have changed."""
    sentence = _("From %(first)s to %(last)s. Withdraw, or leave the list, if you can't come then.")
    text = partial(format_text, sentence, first=visit.first_day, last=visit.last_day)
    mail_visitors(readers, visit, title=_("The dates of the visit have changed"), text=text, by=by)


def mail_host_partnership(visit: Visit, *, title: Any, text: LazyText, by: Actor) -> None:
    _write([visit], Side.HOP, visit, title, text, reverse("visit_join_requests", args=[visit.pk]), by, "")


def notify_of_request(match: Match, visit: Visit, by: Actor) -> None:
    """The host is told of the proposal itself; its Partnership learns here that somebody asks."""
    sentence = _("%(who)s would like to come. The host answers the proposal.")
    text = partial(format_text, sentence, who=match.visiting_profile.organisation)
    mail_host_partnership(visit, title=_("Somebody asks to join the visit"), text=text, by=by)


def waiting_entries_of(visit: Visit) -> list[WaitingListEntry]:
    return list(visit.waiting_list_entries.waiting().with_display_relations())


def open_matches_for(visit: Visit) -> list[Match]:
    """The open proposals for the visit."""
    proposals = VisitProposal.objects.filter(visit=visit).values("match_id")
    return list(Match.objects.filter(pk__in=proposals, state__in=OPEN_STATES).with_display_relations())


def _write(
    things: Iterable[Scoped], side: Side, visit: Visit, title: Any, text: LazyText, path: str, by: Actor, reason: str
) -> None:
    people = [one for thing in things for one in addressees_on(thing, side) if one.person != by.user]
    context = {
        "title": title,
        "text": text,
        "label": partial(str, visit),
        "reason": reason,
        "by": by.label if by.user else "",
    }
    queue_mail(template=TEMPLATE, to=people, context=context, about=visit, link=absolute(path))
