"""Asking for a place on an open visit, and offering one from its waiting list. Rule: open visits.

Visiting profiles are locked before host profiles, as by every proposal; under the lock on the host
profile places are counted, so that the last one is given once.
"""

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor
from cxc.todo.duties import Frame
from cxc.workflow import Refused, create, lock, perform
from exchanges import chances
from exchanges.models import Visit, VisitProposal, WaitingPlace
from exchanges.services import joining_mails
from matching.models import Match
from matching.services.proposals import lock_visiting_profiles, propose
from profiles.models import Profile


def ask(visit: Visit, visiting: Profile, *, by: Actor, message: str = "") -> Match | WaitingPlace:
    """Ask for a place: a proposal for the visit while one is free, else a place on its waiting list.

    Who waits already comes first: a place that they could take is not free for others.
    """
    with transaction.atomic():
        lock_visiting_profiles(visiting)
        visit = lock(visit)
        _refuse_who_may_not_ask(visit, visiting)
        if visit.places_left() > len(visit.waiting.all().who_could_come()):
            match = propose_for(visit, visiting, by=by, message=message)
            joining_mails.asked(match, visit, by)
            return match
        return create(WaitingPlace(visit=visit, visiting_profile=visiting, message=message.strip()), "join", by=by)


def offer(place: WaitingPlace, *, by: Actor, reason: str = "") -> Match:
    """Offer a free place to one who waits: a proposal for the visit, nobody's yes; the visitor and host are asked.

    Out of turn it needs a reason. The proposal follows the move (`joining_effects`).
    """
    with transaction.atomic():
        lock_visiting_profiles(place.visiting_profile)
        perform(place, "offer", by=by, reason=reason)
        return VisitProposal.objects.select_related("match").get(came_from=place).match


def propose_for(
    visit: Visit, visiting: Profile, *, by: Actor, message: str = "", came_from: WaitingPlace | None = None
) -> Match:
    """A proposal that is for this visit: refused like any proposal, and where the visitor could not come then."""
    with transaction.atomic():
        lock_visiting_profiles(visiting)
        visit = lock(visit)
        _refuse_who_cannot_come(visit, visiting)
        match = propose(
            visiting=visiting,
            host=visit.host_profile,
            modality=visit.modality,
            by=by,
            message=f"{what_for(visit)}\n\n{message}".strip(),
        )
        VisitProposal.objects.create(match=match, visit=visit, came_from=came_from)
    return match


def what_for(visit: Visit) -> str:
    """The sentence that a proposal for a visit begins with; it stays when the visit is gone."""
    days = {"visit": visit, "first": date_format(visit.first_day), "last": date_format(visit.last_day)}
    return _("For the visit “%(visit)s”, %(first)s to %(last)s.") % days


def _refuse_who_may_not_ask(visit: Visit, visiting: Profile) -> None:
    if sentence := chances.why_not_asked(visit):
        raise Refused(sentence)
    if visit.waiting.waiting().filter(visiting_profile=visiting).exists():
        raise Refused(_("%(who)s waits for a place on this visit already.") % {"who": visiting.organisation})


def _refuse_who_cannot_come(visit: Visit, visiting: Profile) -> None:
    known = Visit.objects.with_host().with_chances_of(visiting).get(pk=visit.pk)
    if sentence := chances.why_not(visiting, known, known, Frame()):
        raise Refused(sentence)
