"""Plans that wait for a worker, and what it does with one."""

from django.db.models import Q

from matching.models import Plan
from matching.services.plans import draft, submission

TO_GENERATE = Q(generated_at=None, error="")
TO_PROPOSE = Q(submitted_at__isnull=False, sent_at=None)


def process_plan(pk: int) -> bool:
    """Make the plan, or send it; False where it waits for neither, or somebody else is at it."""
    return draft.generate(pk) or bool(submission.propose_pairs(pk))


def pending_plans() -> list[int]:
    """The plans that a lost task left unmade or unsent."""
    return list(Plan.objects.filter(TO_GENERATE | TO_PROPOSE).order_by("pk").values_list("pk", flat=True))
