"""What the to-do page shows of matches, and what is owed on proposals beside their transitions."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, Side, VisibleQuerySet
from cxc.todo import Stage, StageRow, hide_stages_of, stage_source, with_stages
from cxc.todo.subjects import TodoRule, TodoSubject, register
from cxc.workflow.next_links import NextLink, next_link_for
from cxc.workflow.requirements import Requirement
from cxc.workflow.todo import Todo
from matching import deadlines, links, todo_inputs
from matching.enums import MatchState
from matching.models import Match
from matching.requirements import answers
from profiles.enums import Modality, ProfileState
from profiles.models import Profile


@hide_stages_of("profiles.profile")
def already_matched() -> Q:
    """Visiting profiles whose way goes on with a confirmed match, or has led to their physical exchange."""
    over = Q(state=MatchState.COMPLETED, modality=Modality.PHYSICAL)
    matches = Match.objects.filter(Q(state=MatchState.CONFIRMED) | over, visiting_profile=OuterRef("pk"))
    return Q(Exists(matches))


@next_link_for("profiles.profile")
def best_matches(profile: Profile) -> NextLink | None:
    """From a published profile to the partners that fit it best."""
    if profile.state != ProfileState.PUBLISHED or profile.is_over:
        return None
    return NextLink(str(_("See your best matches and propose one")), reverse("best-matches", args=[profile.pk]))


def _open_matches(actor: Actor) -> Sequence[VisibleQuerySet]:
    """Open proposals, and confirmed matches of which nothing came yet."""
    return [with_stages(Match.objects.visible_to(actor, few=True).open())]


@stage_source(_open_matches, label=_("All matches"), url_name="matches")
def stage_of_match(match: Match) -> StageRow:
    """Where nobody is asked for an answer, another match of the visitor stands in the way."""
    idle = _("The visitor is matched elsewhere; it can be answered when that has ended.")
    return StageRow(match, Stage.MATCHING, idle)


def _proposals() -> VisibleQuerySet:
    """Open proposals, without those that can't be accepted because the visitor is matched elsewhere."""
    return Match.objects.still_answerable().with_display_relations()


def _ask_for_answer(code: str, side: Side, label: Any, not_answered_yet: Requirement) -> TodoRule:
    """The Partnership of a side that has not answered by the second reminder is asked to help."""
    todo = Todo(
        code,
        (side,),
        label,
        due=deadlines.ANSWERED,
        anchor=links.given_outside_anchor(side),
        visible_from=deadlines.second_reminder,
        blocks=False,
    )
    return TodoRule(todo, requires=(not_answered_yet,))


register(
    TodoSubject(
        "matching.match",
        _("Matching"),
        _proposals,
        rules=(
            _ask_for_answer(
                "ask_visitor_for_answer",
                Side.VOP,
                _("Ask the visitor for an answer, or enter the yes given outside"),
                answers.visitor_not_answered_yet,
            ),
            _ask_for_answer(
                "ask_host_for_answer",
                Side.HOP,
                _("Ask the host for an answer, or enter the yes given outside"),
                answers.host_not_answered_yet,
            ),
        ),
        states=(MatchState.PROPOSED,),
        inputs=todo_inputs.MATCH,
    )
)
