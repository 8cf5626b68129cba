"""What waiting for a place on an open visit requires, and offering one. Rule: open visits."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.workflow.deadlines import Deadlines
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges.rules import visit_eligibility


@requirement(gettext_lazy("The visit is open to visitors, and its last day to ask is not past."), kind=Kind.TIMING)
def visit_takes_requests(context: TransitionContext) -> object:
    return _true_or_sentence(visit_eligibility.request_problem(context.thing.visit))


@requirement(gettext_lazy("The visit keeps a waiting list."))
def visit_has_waiting_list(context: TransitionContext) -> object:
    return context.thing.visit.has_waiting_list or _("All places are taken, and this visit keeps no waiting list.")


@requirement(gettext_lazy("The visitor could come: what a proposal requires, and enough days in its period."))
def visitor_is_eligible(context: TransitionContext) -> object:
    entry = context.thing
    rows = type(entry.visit).objects.with_host().with_eligibility_of(entry.visiting_profile)
    visit = rows.get(pk=entry.visit_id)
    return _true_or_sentence(visit_eligibility.problem(entry.visiting_profile, visit, visit, Deadlines(context.now)))


@requirement(gettext_lazy("The visitor does not wait for this visit already."))
def not_waiting_yet(context: TransitionContext) -> bool:
    entry = context.thing
    mine = type(entry).objects.waiting().filter(visit=entry.visit_id, visiting_profile=entry.visiting_profile_id)
    return not mine.exclude(pk=entry.pk).exists()


@requirement(gettext_lazy("The visit has a place left."), kind=Kind.TIMING)
def place_left(context: TransitionContext) -> object:
    """Counted under the lock on the host profile, which `perform` holds."""
    return context.thing.visit.count_free_places() > 0 or _("No place is free: each is taken, or offered to somebody.")


@requirement(gettext_lazy("It is the next in the line, or the reason says why those before it are passed over."))
def next_in_line_or_reason(context: TransitionContext) -> object:
    if context.reason or not (ahead := context.thing.passed_over_names()):
        return True
    return _("%(who)s stands before and could come: give the reason why the place is offered out of turn.") % {
        "who": ", ".join(ahead)
    }


def _true_or_sentence(sentence: str) -> object:
    return sentence == "" or sentence
