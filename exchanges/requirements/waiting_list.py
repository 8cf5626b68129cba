"""What waiting for a place on an open visit requires, and offering one.

Rule: docs/open-visits.md, Asking, waiting, offering.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.workflow.deadlines import Deadlines
from cxc.workflow.fix import Fix
from cxc.workflow.fix_options import by_transitions
from cxc.workflow.requirements import Kind, Reads, TransitionContext, requirement
from exchanges import deadlines, fixes, links
from exchanges.rules import visit_eligibility


@requirement(
    gettext_lazy("The visit is open to visitors, and its last day to ask is not past."),
    otherwise=gettext_lazy("Look for another open visit: the last day to ask for this one is past."),
    fix=Fix(lambda context: fixes.opening_of_visit(context.thing.visit, "last_day_to_ask")),
    kind=Kind.TIMING,
    met_until=lambda entry: deadlines.requests_end(entry.visit),
)
def visit_takes_requests(context: TransitionContext) -> object:
    visit = context.thing.visit
    end = deadlines.requests_end(visit)
    return end is None or context.now < end or visit_eligibility.last_day_was(visit)


@requirement(
    gettext_lazy("The visit keeps a waiting list."),
    otherwise=gettext_lazy("Look for another open visit: this one is full and keeps no waiting list."),
    fix=Fix(lambda context: fixes.opening_of_visit(context.thing.visit, "has_waiting_list")),
)
def visit_has_waiting_list(context: TransitionContext) -> bool:
    return bool(context.thing.visit.has_waiting_list)


@requirement(
    gettext_lazy("The visitor could come: what a proposal requires, and enough days in its period."),
    otherwise=gettext_lazy("Look for another open visit: the visitor can't come to this one."),
)
def visitor_is_eligible(context: TransitionContext) -> object:
    entry = context.thing
    rows = type(entry.visit).objects.with_host().with_eligibility_of(entry.visiting_profile)
    visit = rows.get(pk=entry.visit_id)
    return _true_or_sentence(visit_eligibility.problem(entry.visiting_profile, visit, visit, Deadlines(context.now)))


@requirement(
    gettext_lazy("The visitor does not wait for this visit already."),
    otherwise=gettext_lazy("Leave it as it is: the visitor waits for this visit already."),
)
def not_waiting_yet(context: TransitionContext) -> bool:
    entry = context.thing
    mine = type(entry).objects.waiting().filter(visit=entry.visit_id, visiting_profile=entry.visiting_profile_id)
    return not mine.exclude(pk=entry.pk).exists()


@requirement(
    gettext_lazy("The visit has a place left."),
    otherwise=gettext_lazy("Wait until a place is free: each is taken, or offered to somebody."),
    fix=Fix(lambda context: fixes.dates_of_visit(context.thing.visit, "places")),
    kind=Kind.TIMING,
)
def place_left(context: TransitionContext) -> bool:
    """Counted under the lock on the host profile, which `perform` holds."""
    return bool(context.thing.visit.count_free_places() > 0)


@requirement(
    gettext_lazy("It is the next in the line, or the reason says why those before it are passed over."),
    otherwise=gettext_lazy("Give the reason why the place is offered out of turn."),
    fix=by_transitions("offer", page=lambda entry: links.form("visit_offer", entry.pk, "reason")),
    reads=Reads.INPUT,
)
def next_in_line_or_reason(context: TransitionContext) -> object:
    if context.reason or not (ahead := context.thing.passed_over_names()):
        return True
    return _("%(who)s stands before and could come: give the reason why the place is offered out of turn.") % {
        "who": ", ".join(ahead)
    }


def _true_or_sentence(sentence: str) -> object:
    return sentence == "" or sentence
