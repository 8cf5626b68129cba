"""Filters of the catalogue: querysets by the values of its form."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cxc.access.personal import principal_key
from cxc.access.scoped import Actor
from matching.models import Bookmark, HiddenProfile, SearchDocument
from matching.queries.places import free_places
from profiles.enums import ProfileKind
from profiles.models import Profile, Sector
from profiles.models.profile import ProfileQuerySet

# What is a plain comparison: filter → lookup of the profile.
_LOOKUPS = {
    "kind": "kind",
    "country": "organisation__country__in",
    "organisation_kind": "organisation__kind__in",
    "language": "languages__overlap",
    "generation": "generation__code__in",
    "partnership": "partnership__in",
    "free_from": "available_to__gte",
    "free_to": "available_from__lte",
}


def apply_filters(
    rows: ProfileQuerySet, values: dict[str, Any], *, actor: Actor, mine: Profile | None
) -> ProfileQuerySet:
    """By everything but the text query. `values`: the form's cleaned data; values of one filter are alternatives."""
    rows = rows.filter(**{lookup: values[name] for name, lookup in _LOOKUPS.items() if values[name]})
    for condition in _relation_conditions(values):
        rows = rows.filter(condition)
    if values["modality"]:
        rows = rows.filter(**{values["modality"]: True})
    if values["places"]:
        rows = rows.filter(kind=ProfileKind.HOST).alias(free=free_places()).filter(free__gte=values["places"])
    if values["bookmarked"]:
        rows = rows.filter(is_bookmarked_by(actor.user.pk if actor.user else None, principal_key(actor)))
    if mine is not None and not values["hidden"]:
        rows = rows.exclude(is_hidden_from(mine.pk))
    return rows


def apply_text_query(rows: ProfileQuerySet, query: str) -> ProfileQuerySet:
    """Those whose search document holds a ready tsquery."""
    return rows.filter(pk__in=SearchDocument.objects.filter(document__holds=query).values("pk"))


def is_bookmarked_by(person: int | None, acting_for: str) -> Exists:
    """Of a profile: whether this person has bookmarked it, acting for the principal of that key (`principal_key`)."""
    return Exists(Bookmark.objects.of_person_for(person, acting_for).filter(profile=OuterRef("pk")))


def is_hidden_from(mine: int | None) -> Exists:
    """Of a profile: whether it was put aside for the profile of this number."""
    return Exists(HiddenProfile.objects.filter(profile=mine, other=OuterRef("pk")))


def _relation_conditions(values: dict[str, Any]) -> list[Exists]:
    """Filters over what is linked to a profile; by Exists, so that nobody is listed twice."""
    sectors = Q(sector__in=values["sector"])
    if values["neighbours"]:
        sections = Sector.objects.filter(pk__in=values["sector"]).values("section")
        sectors = Q(sector__section__in=sections)
    relations: list[tuple[str, type[models.Model], Q]] = [
        ("sector", Profile.own_sectors.through, sectors),
        ("type", Profile.types.through, Q(exchangetype__in=values["type"])),
        ("offers", Profile.offers.through, Q(topic__in=values["offers"])),
        ("seeks", Profile.seeks.through, Q(topic__in=values["seeks"])),
    ]
    return [
        Exists(table._default_manager.filter(condition, profile=OuterRef("pk")))
        for name, table, condition in relations
        if values[name]
    ]
