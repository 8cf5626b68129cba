"""The rows of a page: what stands on a profile's card in the list, all from one query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from cxc import clock
from cxc.access.personal import principal_key
from cxc.access.scoped import Actor
from cxc.core.compiled_queries import compiled_once
from cxc.core.folding import by_name
from matching.catalogue.filters import is_bookmarked_by, is_hidden_from
from matching.catalogue.options import FilterOptions
from matching.models import Match
from matching.queries.places import free_places
from profiles import languages
from profiles.models import LastInterest, Profile
from profiles.models.profile import ProfileQuerySet, dormant_since

LONG_TEXTS = ("description", "motivation", "organisation__mission")


@dataclass(frozen=True)
class Card:
    """A profile in the list. `fit`: percent, None where nobody asked or the two may not be proposed."""

    profile: Any
    sectors: list[str]
    types: list[str]
    languages: list[str]
    fit: int | None
    may_hide: bool


def profiles_with_card_data(
    ids: Sequence[int], actor: Actor, mine: Profile | None, own: Sequence[Profile]
) -> list[Any]:
    """These profiles in this order, with all that a card shows."""
    found = _profiles_with_card_data(
        ids=ids,
        now=clock.now(),
        dormant_since=dormant_since(),
        person=actor.user.pk if actor.user is not None else None,
        acting_for=principal_key(actor),
        mine=mine.pk if mine is not None else None,
        own=[profile.pk for profile in ([mine] if mine is not None else own)],
    )
    by_id = {profile.pk: profile for profile in found}
    return [by_id[pk] for pk in ids if pk in by_id]


@compiled_once
def _profiles_with_card_data(
    *,
    ids: Sequence[int],
    now: datetime,
    dormant_since: datetime,
    person: int | None,
    acting_for: str,
    mine: int | None,
    own: Sequence[int],
) -> ProfileQuerySet:
    """No join more than these: planning them takes longer than reading the rows."""
    profiles = Profile.objects.filter(pk__in=ids).select_related("organisation__country", "partnership")
    return profiles.defer(*LONG_TEXTS).annotate(
        sector_codes=_codes(Profile.own_sectors.through, "sector_id"),
        type_codes=_codes(Profile.types.through, "exchangetype_id"),
        free=free_places(now),
        is_bookmarked=is_bookmarked_by(person, acting_for),
        is_hidden=is_hidden_from(mine),
        is_dormant=Exists(LastInterest.objects.filter(profile=OuterRef("pk"), shown_at__lt=dormant_since)),
        is_proposed=Exists(_open_matches(own)),
    )


def cards(
    profiles: Iterable[Profile], *, options: FilterOptions, mine: Profile | None, actor: Actor, fits: dict[int, int]
) -> list[Card]:
    """The cards of profiles that carry their marks."""
    return [_card(profile, options, mine, actor, fits) for profile in profiles]


def _card(profile: Any, options: FilterOptions, mine: Profile | None, actor: Actor, fits: dict[int, int]) -> Card:
    could_meet = mine is not None and mine.kind != profile.kind and mine.generation_id == profile.generation_id
    return Card(
        profile,
        sorted(options.labels_of("sector", profile.sector_codes), key=by_name),
        sorted(options.labels_of("type", profile.type_codes), key=by_name),
        languages.names(profile.languages),
        fits.get(profile.pk),
        could_meet and actor.may_write,
    )


def _codes(table: Any, column: str) -> ArraySubquery:
    return ArraySubquery(table._default_manager.filter(profile=OuterRef("pk")).values(column))


def _open_matches(own: Sequence[int]) -> Any:
    """The open matches of a profile of the query around with one of these."""
    as_host = Q(host_profile=OuterRef("pk"), visiting_profile__in=own)
    as_visitor = Q(visiting_profile=OuterRef("pk"), host_profile__in=own)
    return Match.objects.open().filter(as_host | as_visitor)
