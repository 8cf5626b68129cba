"""Archives drafts that nobody edits and profiles whose participation has ended, and deletes old ones.

Each function can run twice, late or beside itself: it works from what the rows say now, and each transition
asks its requirements again under the row's lock. Rule: docs/rules.md, Profiles.
"""

from datetime import timedelta

from django.db.models import F

from cxc import clock
from cxc.core.models import SchemeSettings
from cxc.workflow import perform_as_system
from cxc.workflow.batches import process_each
from profiles.enums import ProfileState
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet


def archive_stale_drafts() -> int:
    """Archive the drafts that nobody touched for so long; returns how many."""
    return _perform_each(_drafts_untouched_for(SchemeSettings.current().draft_archive_days), "archive_draft")


def archive_after_participation() -> int:
    """Archive what was submitted, refused or published under a participation that has ended; returns how many."""
    over = Profile.objects.filter(
        state__in=[ProfileState.SUBMITTED, ProfileState.REFUSED, ProfileState.PUBLISHED],
        partnership__participations__generation=F("generation"),
        partnership__participations__last_day__lt=clock.today(),
    )
    return _perform_each(over, "archive_after_participation")


def purge_archived() -> int:
    """Delete what was archived long ago and never submitted; returns how many."""
    limit = clock.now() - timedelta(days=SchemeSettings.current().archived_purge_days)
    old = Profile.objects.filter(state=ProfileState.ARCHIVED, first_submitted_at=None, archived_at__lte=limit)
    return _perform_each(old, "delete_for_good")


def _drafts_untouched_for(days: int) -> ProfileQuerySet:
    return Profile.objects.filter(state=ProfileState.DRAFT, touched_at__lte=clock.now() - timedelta(days=days))


def _perform_each(profiles: ProfileQuerySet, transition: str) -> int:
    """Perform the transition on each; one that is refused, or fails, stops no other."""
    return process_each(profiles.order_by("pk"), lambda profile: perform_as_system(profile, transition))
