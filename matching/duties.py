"""What is owed on proposals."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.duties import Duty, Watch, never
from cxc.todo.subjects import TodoRule
from cxc.workflow.deadlines import Deadlines, days
from matching.enums import Answer
from matching.models import Match

VO, HO, VOP, HOP = Side.VO, Side.HO, Side.VOP, Side.HOP


def _proposals() -> VisibleQuerySet:
    """Open proposals, without those that can't be accepted because the visitor is matched elsewhere."""
    return Match.objects.still_answerable().with_display_relations()


def _expires_on(match: Match, deadlines: Deadlines) -> date:
    return match.expiry_counted_from.date() + days(deadlines.scheme.proposal_expiry_days)


def _nudged_on(scheme: Any) -> list[int]:
    return [day - scheme.proposal_expiry_days for day in scheme.proposal_nudge_days]


def _is_old(match: Match, deadlines: Deadlines) -> bool:
    """Past the second nudge: those who look after the side should ask."""
    later = sorted(deadlines.scheme.proposal_nudge_days)[1:2] or [deadlines.scheme.proposal_expiry_days]
    return match.expiry_counted_from.date() + days(later[0]) <= deadlines.today()


def _answer(side: Side, name: str) -> TodoRule:
    """The yes or no of one side."""
    return Duty(
        name,
        _("Answer the proposal"),
        (side,),
        lambda match, _deadlines: match.answer_of(side) == Answer.NONE,
        due=_expires_on,
        due_says=_("21 days after it was made: it expires then"),
        reminds=_nudged_on,
        words=_("A proposal that nobody answers expires on that day."),
        since=lambda match: match.expiry_counted_from,
        place="moves",
    )


PROPOSALS = Watch(
    "matching.match",
    _("Matching"),
    _proposals,
    (
        _answer(VO, "answer_as_visitor"),
        _answer(HO, "answer_as_host"),
        Duty(
            "chase_visitor",
            _("Ask the visitor for an answer, or enter the yes given outside"),
            (VOP,),
            lambda match, deadlines: match.visitor_answer == Answer.NONE and _is_old(match, deadlines),
            due=_expires_on,
            place="given-outside-visitor",
            holds=never,
        ),
        Duty(
            "chase_host",
            _("Ask the host for an answer, or enter the yes given outside"),
            (HOP,),
            lambda match, deadlines: match.host_answer == Answer.NONE and _is_old(match, deadlines),
            due=_expires_on,
            place="given-outside-host",
            holds=never,
        ),
    ),
)
