"""What matching keeps of each published profile beside it, held right in the transaction of each change.

One place for all such rows: whatever changes what is shown of a profile ends in `keep`. Rule: one truth,
in PostgreSQL.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from cxc.ground.moves import Ask
from cxc.ground.registries import after
from matching.search import documents
from profiles.models import ClusterOrganisation, Country, Organisation, Profile, Sector, Topic

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


@dataclass(frozen=True)
class Keeper:
    """One kind of row kept of a profile.

    refresh    brings its rows of these profiles up to date; they are locked
    rebuild    the same for every profile
    differing  the profiles whose row is not what it should be
    """

    name: str
    refresh: Callable[[Sequence[int]], object]
    rebuild: Callable[[], object]
    differing: Callable[[], set[int]]


KEEPERS: tuple[Keeper, ...] = (Keeper("search documents", documents.refresh, documents.rebuild, documents.differing),)


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
        keeper.refresh(ids)


@transaction.atomic
def rebuild() -> None:
    """Make every row anew; edits wait meanwhile."""
    list(Profile.objects.published().order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    for keeper in KEEPERS:
        keeper.rebuild()


@after(PROFILE, *MOVES, order=20)
def keep_profile(ask: Ask) -> None:
    """After a profile's own move."""
    keep([ask.thing.pk])


@receiver(post_save, sender=Organisation, dispatch_uid="matching.keep_organisation")
def keep_organisation(instance: Organisation, created: bool, **_kwargs: object) -> None:
    """After any edit of an organisation, wherever it was made (the Support Office's admin too)."""
    if not created:
        _keep_where(Q(organisation=instance.pk))


@receiver(post_save, sender=Topic, dispatch_uid="matching.keep_topic")
def keep_topic(instance: Topic, created: bool, **_kwargs: object) -> None:
    """After a topic was renamed."""
    if not created:
        _keep_where(Q(offers=instance.pk) | Q(seeks=instance.pk))


@receiver(post_save, sender=Sector, dispatch_uid="matching.keep_sector")
def keep_sector(instance: Sector, created: bool, **_kwargs: object) -> None:
    """After a sector was renamed."""
    if not created:
        _keep_where(Q(own_sectors=instance.pk) | Q(wanted_sectors=instance.pk))


@receiver(post_save, sender=Country, dispatch_uid="matching.keep_country")
def keep_country(instance: Country, created: bool, **_kwargs: object) -> None:
    """After a country was renamed."""
    if not created:
        _keep_where(Q(organisation__country=instance.pk))


@receiver(post_save, sender=ClusterOrganisation, dispatch_uid="matching.keep_cluster")
def keep_cluster(instance: ClusterOrganisation, created: bool, **_kwargs: object) -> None:
    """After a cluster was renamed."""
    if not created:
        _keep_where(Q(organisation__cluster=instance.pk))


def _keep_where(condition: Q) -> None:
    with transaction.atomic():
        keep(Profile.objects.published().filter(condition).values_list("pk", flat=True))
