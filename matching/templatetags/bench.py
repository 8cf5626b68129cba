"""Words and numbers of the coordinator's bench."""

from collections.abc import Sequence

from django import template

from matching.enums import PlanStage

register = template.Library()

TONES = {
    PlanStage.WAITING: "info",
    PlanStage.FAILED: "danger",
    PlanStage.DRAFT: "secondary",
    PlanStage.SENDING: "info",
    PlanStage.SENT: "success",
}


@register.filter
def percent(fit: float) -> int:
    """A fit from 0 to 1, of 100."""
    return round(100 * fit)


@register.filter
def points(total: float) -> int:
    """A sum of fits, in points of 100 a pair."""
    return round(100 * total)


@register.filter
def supporting_reasons(reasons: Sequence[tuple[bool, str]], most: int) -> list[str]:
    """The first sentences that speak for a pair."""
    return [words for speaks_for, words in reasons if speaks_for][:most]


@register.filter
def stage_tone(stage: PlanStage) -> str:
    """How a plan's stage looks; the word beside the colour carries the meaning."""
    return TONES[stage]
