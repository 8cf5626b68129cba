"""Asking for a place on an open visit, and offering one from its waiting list. Rule: docs/open-visits.md.

Visiting profiles are locked before host profiles, as by every proposal; under the lock on the host
profile places are counted, so that the last one is given once.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor
from cxc.workflow import Refused, create, lock, perform
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.models import Visit, VisitProposal, WaitingListEntry
from exchanges.rules import visit_eligibility
from exchanges.services import open_visit_mails
from matching.models import Match
from matching.services.proposals import lock_visiting_profiles, propose
from profiles.models import Profile


def ask_to_join(visit: Visit, visiting: Profile, *, by: Actor, message: str = "") -> Match | WaitingListEntry:
    """Ask for a place: a proposal for the visit while one is free, else a place on its waiting list.

    Who waits already comes first: a place that they could take is not free for others.
    """
    with unit_of_work():
        lock_visiting_profiles(visiting)
        visit = lock(visit)
        _refuse_who_may_not_ask(visit, visiting)
        if visit.count_free_places() > len(visit.waiting_list_entries.all().eligible_now()):
            match = propose_for_visit(visit, visiting, by=by, message=message)
            open_visit_mails.notify_of_request(match, visit, by)
            return match
        return create(WaitingListEntry(visit=visit, visiting_profile=visiting, message=message.strip()), "join", by=by)


def offer_place(entry: WaitingListEntry, *, by: Actor, reason: str = "") -> Match:
    """Offer a free place to one who waits: a proposal for the visit, nobody's yes; the visitor and host are asked.

    Out of turn it needs a reason. The proposal follows the transition (`transition_handlers.open_visits`).
    """
    with unit_of_work():
        lock_visiting_profiles(entry.visiting_profile)
        perform(entry, "offer", by=by, reason=reason)
        return VisitProposal.objects.select_related("match").get(waiting_list_entry=entry).match


def propose_for_visit(
    visit: Visit, visiting: Profile, *, by: Actor, message: str = "", waiting_list_entry: WaitingListEntry | None = None
) -> Match:
    """A proposal that is for this visit: refused like any proposal, and where the visitor could not come then."""
    with unit_of_work():
        lock_visiting_profiles(visiting)
        visit = lock(visit)
        _refuse_who_cannot_come(visit, visiting)
        match = propose(
            visiting=visiting,
            host=visit.host_profile,
            modality=visit.modality,
            by=by,
            message=f"{visit_sentence(visit)}\n\n{message}".strip(),
        )
        VisitProposal.objects.create(match=match, visit=visit, waiting_list_entry=waiting_list_entry)
    return match


def visit_sentence(visit: Visit) -> str:
    """The sentence that a proposal for a visit begins with; it stays when the visit is gone."""
    days = {"visit": visit, "first": date_format(visit.first_day), "last": date_format(visit.last_day)}
    return _("For the visit “%(visit)s”, %(first)s to %(last)s.") % days


def _refuse_who_may_not_ask(visit: Visit, visiting: Profile) -> None:
    if sentence := visit_eligibility.request_problem(visit):
        raise Refused(sentence)
    if visit.waiting_list_entries.waiting().filter(visiting_profile=visiting).exists():
        raise Refused(
            _("Leave it as it is: %(who)s waits for a place on this visit already.") % {"who": visiting.organisation}
        )


def _refuse_who_cannot_come(visit: Visit, visiting: Profile) -> None:
    known = Visit.objects.with_host().with_eligibility_of(visiting).get(pk=visit.pk)
    if sentence := visit_eligibility.problem(visiting, known, known, Deadlines()):
        raise Refused(sentence)
