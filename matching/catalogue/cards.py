"""The rows of a page: what stands on a profile's card in the list, all from one query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Value

from cxc.access.scoped import Actor
from cxc.core.folding import by_name
from matching.catalogue.filters import is_bookmarked_by, is_hidden_from
from matching.catalogue.options import FilterOptions
from matching.models import Match
from matching.queries.places import free_places
from profiles import languages
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet

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


def with_card_data(
    rows: ProfileQuerySet, actor: Actor, mine: Profile | None, own: Sequence[Profile]
) -> ProfileQuerySet:
    """With all that a card shows; no join more, for planning them takes longer than the rows."""
    return (
        rows.select_related("organisation__country", "partnership")
        .defer(*LONG_TEXTS)
        .annotate(
            sector_codes=_codes(Profile.own_sectors.through, "sector_id"),
            type_codes=_codes(Profile.types.through, "exchangetype_id"),
            free=free_places(),
            is_bookmarked=is_bookmarked_by(actor),
            is_hidden=is_hidden_from(mine) if mine is not None else Value(False),
            is_proposed=_has_open_match([mine] if mine is not None else own),
        )
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


def _has_open_match(own: Sequence[Profile]) -> Any:
    """Whether it has an open match with one of these."""
    ids = [profile.pk for profile in own]
    if not ids:
        return Value(False)
    as_host = Q(host_profile=OuterRef("pk"), visiting_profile__in=ids)
    as_visitor = Q(visiting_profile=OuterRef("pk"), host_profile__in=ids)
    return Exists(Match.objects.open().filter(as_host | as_visitor))
