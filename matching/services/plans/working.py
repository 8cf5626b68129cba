"""What a worker does with a plan: whatever it waits for."""

from django.db.models import Q

from matching.models import Plan
from matching.services.plans import making, sending

TO_MAKE = Q(made_at=None, error="")
TO_SEND = Q(sending_at__isnull=False, sent_at=None)


def work_on(pk: int) -> bool:
    """Make the plan, or send it; False where it waits for neither, or somebody else is at it."""
    return making.make(pk) or bool(sending.send_pairs(pk))


def waiting() -> list[int]:
    """The plans that a lost task left unmade or unsent."""
    return list(Plan.objects.filter(TO_MAKE | TO_SEND).order_by("pk").values_list("pk", flat=True))
