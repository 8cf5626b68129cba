"""What an address of the catalogue brings to somebody: the form, the profiles, the page of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Principal
from matching.browsing.address import canonical
from matching.browsing.cards import Card, cards, with_marks
from matching.browsing.fitting import percent_by_fit
from matching.browsing.form import CatalogueForm
from matching.browsing.narrowing import narrowed, with_words
from matching.browsing.options import Options
from matching.queries import catalogue as queries
from matching.queries.own import own_published
from matching.search.spelling import nearest_names
from matching.search.text_query import TextQuery, parse_text_query
from profiles.enums import ProfileKind
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet

ROWS = 20
# A Partnership chooses among this many of its own; more it finds on the page of best matches.
MOST_OWN = 300
_OTHER = {ProfileKind.VISITING: ProfileKind.HOST, ProfileKind.HOST: ProfileKind.VISITING}


@dataclass
class Browsing:
    """One person's look at the catalogue through one address."""

    actor: Actor
    data: QueryDict
    options: Options = field(default_factory=Options)
    # Known once the page is: what was asked for, and the fit (percent) of everybody who may be proposed.
    text_query: TextQuery = field(default_factory=TextQuery, init=False)
    fits: dict[int, int] = field(default_factory=dict, init=False)

    @cached_property
    def own(self) -> list[Profile]:
        """The published profiles for which the actor may look; the offices look for nobody."""
        if self.actor.principal not in {Principal.ORGANISATION, Principal.PARTNERSHIP}:
            return []
        return list(own_published(self.actor).select_related(None).select_related("organisation")[:MOST_OWN])

    @cached_property
    def form(self) -> CatalogueForm:
        data = self.data.copy()
        if "kind" not in data and (kind := self._usual_kind(data.get("for", ""))):
            data["kind"] = kind
        form = CatalogueForm(data, options=self.options, own=self.own)
        if form.is_valid() and form.cleaned_data["order"] == "fit" and self._chosen(form.cleaned_data) is None:
            form.add_error("order", _("Say for which of your published profiles: the fit is between two."))
        return form

    @cached_property
    def is_valid(self) -> bool:
        return self.form.is_valid()

    @cached_property
    def mine(self) -> Profile | None:
        """The own profile for which one looks, where that is clear."""
        return self._chosen(self.form.cleaned_data) if self.is_valid else None

    @property
    def query(self) -> str:
        """The canonical address of this view, without its page."""
        return canonical(self.form) if self.is_valid else ""

    @cached_property
    def rows(self) -> ProfileQuerySet:
        """All that fits, in no order; nothing where the address can't be read."""
        listed = queries.listed(self.actor)
        if not self.is_valid:
            return listed.none()
        rows = narrowed(listed, self.form.cleaned_data, actor=self.actor, mine=self.mine)
        if typed := self.form.cleaned_data["q"]:
            self.text_query = parse_text_query(typed, listed)
        return with_words(rows, self.text_query.query) if self.text_query.query else rows

    @cached_property
    def page(self) -> Page:
        """The page that was asked for; the last one when it lies beyond, the first when it is no number."""
        number = self.data.get("page")
        if self.is_by_fit:
            return Paginator(self._ids_by_fit(), ROWS).get_page(number)
        by_name = self.is_valid and self.form.cleaned_data["order"] == "name"
        order = ("organisation__legal_name__folded", "pk") if by_name else ("-published_at", "-pk")
        marked = with_marks(self.rows, self.actor, self.mine, self.own).order_by(*order)
        return Paginator(marked, ROWS).get_page(number)

    @cached_property
    def cards(self) -> list[Card]:
        """The profiles of the page."""
        shown: Sequence[Any] = list(self.page.object_list)
        if self.is_by_fit:
            marked = with_marks(Profile.objects.filter(pk__in=shown), self.actor, self.mine, self.own)
            found = {profile.pk: profile for profile in marked}
            shown = [found[pk] for pk in shown if pk in found]
        return cards(shown, options=self.options, mine=self.mine, actor=self.actor, fits=self.fits)

    @property
    def is_by_fit(self) -> bool:
        return self.is_valid and self.form.cleaned_data["order"] == "fit"

    def nearest(self) -> list[str]:
        """Names that are near to what was typed, for a list that came out empty."""
        typed = self.form.cleaned_data.get("q", "")
        return nearest_names(typed, queries.listed(self.actor)) if typed and not self.page.paginator.count else []

    def _ids_by_fit(self) -> list[int]:
        """Who may be proposed by fit, then the others by name."""
        assert self.mine is not None
        ids = list(self.rows.order_by("organisation__legal_name__folded", "pk").values_list("pk", flat=True))
        self.fits = percent_by_fit(self.mine, ids)
        return [*self.fits, *(pk for pk in ids if pk not in self.fits)]

    def _usual_kind(self, chosen: str) -> str:
        """Visitors look for hosts and hosts for visitors, where the address does not say."""
        looking = [profile for profile in self.own if str(profile.pk) == chosen]
        if not looking and self.actor.principal is Principal.ORGANISATION:
            looking = self.own
        kinds = {profile.kind for profile in looking}
        return _OTHER[ProfileKind(kinds.pop())] if len(kinds) == 1 else ""

    def _chosen(self, said: dict[str, Any]) -> Profile | None:
        if said["for"]:
            return next(profile for profile in self.own if str(profile.pk) == said["for"])
        if self.actor.principal is not Principal.ORGANISATION:
            return None
        could = [profile for profile in self.own if profile.kind != said["kind"]]
        return could[0] if len(could) == 1 else None


def may_open(browsing: Browsing) -> None:
    """As `queries.require_browsing`, asking nothing that is known already."""
    if not (browsing.actor.principal is Principal.ORGANISATION and browsing.own):
        queries.require_browsing(browsing.actor)
