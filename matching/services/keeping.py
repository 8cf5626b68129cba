"""What matching keeps of each published profile beside it, held right in the transaction of each change.

One place for all such rows: whatever changes what is shown of a profile ends in `keep`. Rule: one truth,
in PostgreSQL.
"""

from collections.abc import Callable, Iterable, Sequence

from django.db.models.signals import post_save
from django.dispatch import receiver

from cxc.ground.moves import Ask
from cxc.ground.registries import after
from profiles.models import Organisation, Profile

PROFILE = "profiles.profile"
# Every move after which something else, or nothing any more, is shown. A deleted profile takes its rows along.
MOVES = (
    "publish",
    "edit_published",
    "change_identity",
    "confirm_eligibility",
    "unpublish",
    "archive",
    "archive_at_the_end",
    "reassign",
)

# Each brings its rows of these profiles up to date; the profiles are locked.
KEEPERS: tuple[Callable[[Sequence[int]], object], ...] = ()


def keep(profile_ids: Iterable[int]) -> None:
    """Bring every row kept of these profiles up to date: made, changed, or removed where they are not published.

    Call it inside the transaction of the change. The profiles are locked first, so that of two changes
    at once (the profile's and its organisation's) the later sees the earlier.
    """
    ids = sorted(set(profile_ids))
    if not ids:
        return
    list(Profile.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    for keeper in KEEPERS:
        keeper(ids)


@after(PROFILE, *MOVES, order=20)
def keep_profile(ask: Ask) -> None:
    """After a profile's own move."""
    keep([ask.thing.pk])


@receiver(post_save, sender=Organisation, dispatch_uid="matching.keep_organisation")
def keep_organisation(instance: Organisation, created: bool, **_kwargs: object) -> None:
    """After any edit of an organisation, wherever it was made (the Support Office's admin too)."""
    if not created:
        keep(Profile.objects.published().filter(organisation=instance.pk).values_list("pk", flat=True))
