"""What a filled-in form leaves of the profiles that one may browse."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cxc.access.scoped import Actor
from matching.models import Bookmark, Hidden, SearchDocument
from matching.queries.places import free_places
from profiles.enums import ProfileKind
from profiles.models import Profile, Sector
from profiles.models.profile import ProfileQuerySet

# What is a plain comparison: filter → lookup of the profile.
_PLAIN = {
    "kind": "kind",
    "country": "organisation__country__in",
    "organisation_kind": "organisation__kind__in",
    "language": "languages__overlap",
    "generation": "generation__code__in",
    "partnership": "partnership__in",
    "free_from": "available_to__gte",
    "free_to": "available_from__lte",
}


def narrowed(rows: ProfileQuerySet, said: dict[str, Any], *, actor: Actor, mine: Profile | None) -> ProfileQuerySet:
    """By everything but the words. `said`: the form's cleaned data; values of one filter are alternatives."""
    rows = rows.filter(**{lookup: said[name] for name, lookup in _PLAIN.items() if said[name]})
    for condition in _linked(said):
        rows = rows.filter(condition)
    if said["modality"]:
        rows = rows.filter(**{said["modality"]: True})
    if said["places"]:
        rows = rows.filter(kind=ProfileKind.HOST).alias(free=free_places()).filter(free__gte=said["places"])
    if said["bookmarked"]:
        rows = rows.filter(bookmarked_by(actor))
    if mine is not None and not said["hidden"]:
        rows = rows.exclude(hidden_from(mine))
    return rows


def with_words(rows: ProfileQuerySet, query: str) -> ProfileQuerySet:
    """Those whose search document holds a ready tsquery."""
    return rows.filter(pk__in=SearchDocument.objects.filter(document__holds=query).values("pk"))


def bookmarked_by(actor: Actor) -> Exists:
    return Exists(Bookmark.objects.of(actor).filter(profile=OuterRef("pk")))


def hidden_from(mine: Profile) -> Exists:
    return Exists(Hidden.objects.filter(profile=mine, other=OuterRef("pk")))


def _linked(said: dict[str, Any]) -> list[Exists]:
    """Filters over what is linked to a profile; by Exists, so that nobody is listed twice."""
    sectors = Q(sector__in=said["sector"])
    if said["neighbours"]:
        sections = Sector.objects.filter(pk__in=said["sector"]).values("section")
        sectors = Q(sector__section__in=sections)
    asked: list[tuple[str, type[models.Model], Q]] = [
        ("sector", Profile.own_sectors.through, sectors),
        ("type", Profile.types.through, Q(exchangetype__in=said["type"])),
        ("offers", Profile.offers.through, Q(topic__in=said["offers"])),
        ("seeks", Profile.seeks.through, Q(topic__in=said["seeks"])),
    ]
    return [
        Exists(table._default_manager.filter(condition, profile=OuterRef("pk")))
        for name, table, condition in asked
        if said[name]
    ]
