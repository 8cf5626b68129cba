"""A search of the catalogue by the parameters of an address: the form, the profiles, their page."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from cxc.access.actor_kinds import ActorKind, kind_of_actor, values_of
from cxc.access.scoped import Actor, Principal
from cxc.core.compiled_queries import compiled_once
from matching.catalogue.cards import Card, cards, profiles_with_card_data
from matching.catalogue.filters import apply_filters, apply_text_query
from matching.catalogue.fit_percentages import fit_percentages
from matching.catalogue.form import CatalogueForm
from matching.catalogue.options import FilterOptions
from matching.catalogue.query_string import canonical_query
from matching.queries import catalogue as queries
from matching.queries.own_profiles import own_published
from matching.search.spelling import nearest_names
from matching.search.text_query import TextQuery, parse_text_query
from profiles.enums import ProfileKind
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet

ROWS = 20
# A Partnership chooses among this many of its own; more it finds on the page of best matches.
MAX_OWN_PROFILES = 300
_OTHER = {ProfileKind.VISITING: ProfileKind.HOST, ProfileKind.HOST: ProfileKind.VISITING}


@dataclass
class CatalogueSearch:
    """One actor's search of the catalogue, by the parameters of one address."""

    actor: Actor
    data: QueryDict
    options: FilterOptions = field(default_factory=FilterOptions)
    # Known once the page is: what was asked for, and the fit (percent) of everybody who may be proposed.
    text_query: TextQuery = field(default_factory=TextQuery, init=False)
    fits: dict[int, int] = field(default_factory=dict, init=False)

    @cached_property
    def own(self) -> list[Profile]:
        """The published profiles for which the actor may look; the offices look for nobody."""
        if self.actor.principal not in {Principal.ORGANISATION, Principal.PARTNERSHIP}:
            return []
        return _own_profiles(kind_of_actor(self.actor), **values_of(self.actor))

    @cached_property
    def form(self) -> CatalogueForm:
        data = self.data.copy()
        if "kind" not in data and (kind := self._default_kind(data.get("for", ""))):
            data["kind"] = kind
        form = CatalogueForm(data, options=self.options, own=self.own)
        if form.is_valid() and form.cleaned_data["order"] == "fit" and self._chosen_profile(form.cleaned_data) is None:
            form.add_error("order", _("Say for which of your published profiles: the fit is between two."))
        return form

    @cached_property
    def is_valid(self) -> bool:
        return self.form.is_valid()

    @cached_property
    def mine(self) -> Profile | None:
        """The own profile for which one looks, where that is clear."""
        return self._chosen_profile(self.form.cleaned_data) if self.is_valid else None

    @cached_property
    def query(self) -> str:
        """The canonical address of this view, without its page."""
        return canonical_query(self.form) if self.is_valid else ""

    @cached_property
    def rows(self) -> ProfileQuerySet:
        """All that fits, in no order; nothing where the address can't be read."""
        profiles = queries.listed_profiles(self.actor)
        if not self.is_valid:
            return profiles.none()
        rows = apply_filters(profiles, self.form.cleaned_data, actor=self.actor, mine=self.mine)
        if typed := self.form.cleaned_data["q"]:
            self.text_query = parse_text_query(typed, profiles)
        return apply_text_query(rows, self.text_query.query) if self.text_query.query else rows

    @cached_property
    def page(self) -> Page:
        """The ids on the page that was asked for; the last one when it lies beyond, the first when it is no number."""
        number = self.data.get("page")
        if self.is_by_fit:
            return Paginator(self._ids_by_fit(), ROWS).get_page(number)
        by_name = self.is_valid and self.form.cleaned_data["order"] == "name"
        order = ("organisation__legal_name__folded", "pk") if by_name else ("-published_at", "-pk")
        return Paginator(self.rows.order_by(*order).values_list("pk", flat=True), ROWS).get_page(number)

    @cached_property
    def cards(self) -> list[Card]:
        """The profiles of the page."""
        shown = profiles_with_card_data(list(self.page.object_list), self.actor, self.mine, self.own)
        return cards(shown, options=self.options, mine=self.mine, actor=self.actor, fits=self.fits)

    @property
    def is_by_fit(self) -> bool:
        return self.is_valid and self.form.cleaned_data["order"] == "fit"

    def suggestions(self) -> list[str]:
        """Names that are near to what was typed, for a list that came out empty."""
        typed = self.form.cleaned_data.get("q", "")
        return (
            nearest_names(typed, queries.listed_profiles(self.actor)) if typed and not self.page.paginator.count else []
        )

    def _ids_by_fit(self) -> list[int]:
        """Who may be proposed by fit, then the others by name."""
        assert self.mine is not None
        ids = list(self.rows.order_by("organisation__legal_name__folded", "pk").values_list("pk", flat=True))
        self.fits = fit_percentages(self.mine, ids)
        return [*self.fits, *(pk for pk in ids if pk not in self.fits)]

    def _default_kind(self, chosen: str) -> str:
        """Visitors look for hosts and hosts for visitors, where the address does not say."""
        profiles = [profile for profile in self.own if str(profile.pk) == chosen]
        if not profiles and self.actor.principal is Principal.ORGANISATION:
            profiles = self.own
        kinds = {profile.kind for profile in profiles}
        return _OTHER[ProfileKind(kinds.pop())] if len(kinds) == 1 else ""

    def _chosen_profile(self, values: dict[str, Any]) -> Profile | None:
        if values["for"]:
            return next(profile for profile in self.own if str(profile.pk) == values["for"])
        if self.actor.principal is not Principal.ORGANISATION:
            return None
        candidates = [profile for profile in self.own if profile.kind != values["kind"]]
        return candidates[0] if len(candidates) == 1 else None


@compiled_once
def _own_profiles(kind: ActorKind, **actor_values: Any) -> ProfileQuerySet:
    own = own_published(kind.actor(**actor_values))
    return own.select_related(None).select_related("organisation")[:MAX_OWN_PROFILES]


def require_catalogue(catalogue_search: CatalogueSearch) -> None:
    """As `queries.require_catalogue_access`, asking nothing that is known already."""
    if not (catalogue_search.actor.principal is Principal.ORGANISATION and catalogue_search.own):
        queries.require_catalogue_access(catalogue_search.actor)
