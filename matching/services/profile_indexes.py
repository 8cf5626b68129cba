"""Updates the indexes of published profiles in the transaction of each change.

One place for all such rows: whatever changes what is shown of a profile ends in `update_indexes`.

Rule: docs/matching.md, One truth, in PostgreSQL.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from cxc.core.models import SchemeSettings
from cxc.workflow import TransitionContext
from cxc.workflow.registry import after
from cxc.workflow.unit_of_work import unit_of_work
from matching.fit import ranking_index
from matching.search import index as search_index
from profiles.models import (
    ClusterOrganisation,
    Country,
    Generation,
    LastInterest,
    Organisation,
    Participation,
    Profile,
    Sector,
    Topic,
)

PROFILE = "profiles.profile"
MATCH = "matching.match"
# Every transition after which something else, or nothing any more, is shown. A deleted profile takes its rows along.
INDEXED_TRANSITIONS = (
    "publish",
    "edit_published",
    "change_identity",
    "confirm_eligibility",
    "unpublish",
    "archive",
    "archive_after_participation",
    "reassign",
)
# Transitions of a match after which the host has a place more or less.
PLACE_TRANSITIONS = ("confirm", "cancel", "take_back_yes_confirmed", "undo", "reopen", "complete")


@dataclass(frozen=True)
class ProfileIndex:
    """One kind of row kept of a profile.

    refresh    brings its rows of these profiles up to date; they are locked
    rebuild    the same for every profile
    differing  the profiles whose row is not what it should be
    """

    name: str
    refresh: Callable[[Sequence[int]], object]
    rebuild: Callable[[], object]
    differing: Callable[[], set[int]]


@unit_of_work()
def _rebuild_documents() -> None:
    list(Profile.objects.published().order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    search_index.rebuild()


PROFILE_INDEXES: tuple[ProfileIndex, ...] = (
    ProfileIndex("search documents", search_index.refresh, _rebuild_documents, search_index.differing),
    ProfileIndex("rows of the ranking", ranking_index.update, ranking_index.rebuild, ranking_index.differing),
)


def update_indexes(profile_ids: Iterable[int]) -> None:
    """Bring every row kept of these profiles up to date: made, changed, or removed where they are not published.

    Call it inside the transaction of the change. The profiles are locked first, so that of two changes
    at once (the profile's and its organisation's) the later sees the earlier.
    """
    ids = sorted(set(profile_ids))
    if not ids:
        return
    list(Profile.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    for index in PROFILE_INDEXES:
        index.refresh(ids)


def rebuild() -> None:
    """Make every row anew; edits wait meanwhile, some of them for one kind of row after the other."""
    for index in PROFILE_INDEXES:
        index.rebuild()


@after(PROFILE, *INDEXED_TRANSITIONS, order=20)
def update_profile(context: TransitionContext) -> None:
    """After a transition of a profile."""
    update_indexes([context.thing.pk])


@receiver(post_save, sender=Organisation, dispatch_uid="matching.update_for_organisation")
def update_for_organisation(instance: Organisation, created: bool, **_kwargs: object) -> None:
    """After any edit of an organisation, wherever it was made (the Support Office's admin too)."""
    if not created:
        _update_where(Q(organisation=instance.pk))


@receiver(post_save, sender=Topic, dispatch_uid="matching.update_for_topic")
def update_for_topic(instance: Topic, created: bool, **_kwargs: object) -> None:
    """After a topic was renamed."""
    if not created:
        _update_where(Q(offers=instance.pk) | Q(seeks=instance.pk))


@receiver(post_save, sender=Sector, dispatch_uid="matching.update_for_sector")
def update_for_sector(instance: Sector, created: bool, **_kwargs: object) -> None:
    """After a sector was renamed."""
    if not created:
        _update_where(Q(own_sectors=instance.pk) | Q(wanted_sectors=instance.pk))


@receiver(post_save, sender=Country, dispatch_uid="matching.update_for_country")
def update_for_country(instance: Country, created: bool, **_kwargs: object) -> None:
    """After a country was renamed."""
    if not created:
        _update_where(Q(organisation__country=instance.pk))


@receiver(post_save, sender=ClusterOrganisation, dispatch_uid="matching.update_for_cluster")
def update_for_cluster(instance: ClusterOrganisation, created: bool, **_kwargs: object) -> None:
    """After a cluster was renamed."""
    if not created:
        _update_where(Q(organisation__cluster=instance.pk))


def _update_where(condition: Q) -> None:
    with unit_of_work():
        update_indexes(Profile.objects.published().filter(condition).values_list("pk", flat=True))


@after(MATCH, *PLACE_TRANSITIONS, order=90)
def update_host(context: TransitionContext) -> None:
    """A place of the host was taken, or given back."""
    update_free_places([context.thing.host_profile_id])


def update_free_places(host_profile_ids: Iterable[int]) -> None:
    """After whatever takes or frees places of hosts. The rows of their texts stay as they are."""
    ranking_index.update(list(host_profile_ids), texts=False)


def update_used_up(organisation_id: int, generation_id: int) -> None:
    """After whatever uses an organisation up in a generation, or makes it free again."""
    mine = Profile.objects.published().filter(organisation=organisation_id, generation=generation_id)
    ranking_index.update(list(mine.values_list("pk", flat=True)), texts=False)


@receiver([post_save, post_delete], sender=Participation, dispatch_uid="matching.update_for_participation")
def update_for_participation(instance: Participation, **_kwargs: object) -> None:
    """The Support Office extends a participation."""
    looked_after = Profile.objects.published().filter(
        partnership=instance.partnership_id, generation=instance.generation_id
    )
    ranking_index.update(list(looked_after.values_list("pk", flat=True)), texts=False)


@receiver([post_save, post_delete], sender=LastInterest, dispatch_uid="matching.update_for_interest")
def update_for_interest(instance: LastInterest, **_kwargs: object) -> None:
    """A holder showed interest, or is not asked any more."""
    ranking_index.update([instance.profile_id], texts=False)


@receiver(post_save, sender=SchemeSettings, dispatch_uid="matching.update_for_settings")
def update_for_settings(created: bool, **_kwargs: object) -> None:
    """The days after which a holder is asked, or has to answer, may have changed; most often they have not."""
    if not created:
        ranking_index.update_dormant_days()


@receiver(m2m_changed, sender=Generation.countries.through, dispatch_uid="matching.update_for_generation")
def update_for_generation(instance: Generation, action: str, **_kwargs: object) -> None:
    """A country joins or leaves a generation."""
    if action.startswith("post_"):
        ranking_index.update(
            list(Profile.objects.published().filter(generation=instance.pk).values_list("pk", flat=True)), texts=False
        )
