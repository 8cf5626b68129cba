"""Mails about an open visit to those who asked for it, wait for it, or look after its host. Rule: open visits."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from cxc.ground.access import Actor, Scoped, Side
from cxc.ground.addresses import absolute
from cxc.ground.news import TEMPLATE
from cxc.ground.outbox import queue_mail
from cxc.ground.recipients import people_on
from exchanges.models import Visit, VisitProposal, WaitingPlace
from matching.enums import OPEN_STATES
from matching.models import Match


def to_visitors(
    things: Iterable[Scoped], visit: Visit, *, title: str, words: str, by: Actor, reason: str = "", path: str = ""
) -> None:
    """One mail to everybody on the visitors' side of these proposals and waiting places."""
    _write(things, Side.VO, visit, title, words, path or reverse("open_visit", args=[visit.pk]), by, reason)


def to_the_hosts_partnership(visit: Visit, *, title: str, words: str, by: Actor) -> None:
    _write([visit], Side.HOP, visit, title, words, reverse("visit_askers", args=[visit.pk]), by, "")


def asked(match: Match, visit: Visit, by: Actor) -> None:
    """The host is told of the proposal itself; its Partnership learns here that somebody asks."""
    words = _("%(who)s would like to come. The host answers the proposal.") % {
        "who": match.visiting_profile.organisation
    }
    to_the_hosts_partnership(visit, title=_("Somebody asks to join the visit"), words=words, by=by)


def waiting_for(visit: Visit) -> list[WaitingPlace]:
    return list(visit.waiting.waiting().with_faces())


def asked_for(visit: Visit) -> list[Match]:
    """The open proposals for the visit."""
    proposals = VisitProposal.objects.filter(visit=visit).values("match_id")
    return list(Match.objects.filter(pk__in=proposals, state__in=OPEN_STATES).with_faces())


def _write(
    things: Iterable[Scoped], side: Side, visit: Visit, title: str, words: str, path: str, by: Actor, reason: str
) -> None:
    people = {person.pk: person for thing in things for person in people_on(thing, side) if person != by.user}
    context = {
        "title": title,
        "words": words,
        "label": str(visit),
        "reason": reason,
        "by": by.label if by.user else "",
    }
    queue_mail(template=TEMPLATE, to=people.values(), context=context, about=visit, link=absolute(path))
