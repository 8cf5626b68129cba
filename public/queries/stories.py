"""Success stories that everybody may read."""

from django.db.models import QuerySet

from public.models import SuccessStory


def approved_stories() -> "QuerySet[SuccessStory]":
    """The latest first, with country and sector."""
    return SuccessStory.objects.filter(is_approved=True).select_related("country", "sector")
