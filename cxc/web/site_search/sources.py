"""Where the search looks: each app registers its sources when it is ready, as it adds its entries to the menu."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.db.models import Model, Q

from cxc.access.scoped import Actor
from cxc.core.folding import folded
from cxc.web.site_search import names
from cxc.web.site_search.columns import similar_words
from cxc.web.site_search.text import SearchText, parse


@dataclass(frozen=True)
class SearchResult:
    """Something found: its name, the address of its page, and what tells it from others of the same name."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Search:
    """One search: for whom, for what, and how many results of each source. `memo`: what several sources read.

    `by_number`: the text is the printed reference of a record, which is not looked for among names.
    """

    actor: Actor
    text: SearchText
    limit: int
    by_number: bool = False
    memo: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, find: Callable[["Search"], Any]) -> Any:
        """What `find` returns, asked for once in this search."""
        if name not in self.memo:
            self.memo[name] = find(self)
        return self.memo[name]

    def few_named(self, model: type[Model]) -> list[int] | None:
        """The ids of the rows of this model whose name matches, in the whole portal; None where they are many."""
        if self.by_number:
            return []
        ids: list[int] = self.once("names", lambda query: names.named_rows(query.text))[model]
        return ids if len(ids) <= names.FEW else None

    def pks_named(self, model: type[Model]) -> names.Pks:
        """The same for `__in`: where they are many, as a subquery."""
        ids = self.few_named(model)
        return names.all_named(self.text, model) if ids is None else ids

    def named(self, model: type[Model]) -> list[Q]:
        """The condition that the name of a row of this model matches, for `newest`; none where no name does."""
        ids = self.few_named(model)
        if ids is None:
            return [names.words_condition(self.text, model)]
        return [Q(pk__in=ids)] if ids else []


Find = Callable[[Search], Iterable[SearchResult]]


@dataclass(frozen=True)
class SearchSource:
    """Finds things of one kind, those only that the actor may see on a page; the best first."""

    label: Any
    find: Find
    order: int
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResultGroup:
    """What one source found; `has_more`: not all of it is here."""

    label: Any
    results: tuple[SearchResult, ...]
    has_more: bool


@dataclass(frozen=True)
class SearchResults:
    """What was found for a text. `is_similar`: nothing is spelled so, these are names that look like it."""

    text: SearchText
    groups: tuple[ResultGroup, ...] = ()
    is_similar: bool = False

    @property
    def number(self) -> int:
        return sum(len(group.results) for group in self.groups)


_sources: list[SearchSource] = []


def kind_name(model: type[Model]) -> str:
    """The (folded) name of a kind of record in the language of the page, which may stand before its number."""
    return folded(model._meta.verbose_name)


def add_source(label: Any, find: Find, *, order: int, codes: tuple[str, ...] = ()) -> None:
    """Add a source; `order` says where its results stand. Called when an app is ready.

    `codes`: what stands before the number of such a record in documents; with one of them nothing else is looked for.
    """
    source = SearchSource(label, find, order, codes)
    if source not in _sources:
        _sources.append(source)
        _sources.sort(key=lambda one: one.order)


def search(typed: str, actor: Actor, limit: int) -> SearchResults:
    """What the actor may see among matching names, at most `limit` of each source; else what is spelled similarly."""
    text = parse(typed)
    if text.is_empty:
        return SearchResults(text)
    groups = _referred_to(text, actor, limit) or _groups(Search(actor, text, limit))
    if groups or not text.may_be_misspelled:
        return SearchResults(text, groups)
    with similar_words():
        return SearchResults(text, _groups(Search(actor, replace(text, tolerant=True), limit)), is_similar=True)


def _referred_to(text: SearchText, actor: Actor, limit: int) -> tuple[ResultGroup, ...]:
    """The record whose printed reference this is, where the actor may see it."""
    named = [source for source in _sources if text.is_code(*source.codes)]
    return _groups(Search(actor, text, limit, by_number=True), named)


def _groups(query: Search, sources: Iterable[SearchSource] = _sources) -> tuple[ResultGroup, ...]:
    return tuple(group for source in sources if (group := _group(source, query)).results)


def _group(source: SearchSource, query: Search) -> ResultGroup:
    found: Sequence[SearchResult] = list(islice(source.find(query), query.limit + 1))
    return ResultGroup(source.label, tuple(found[: query.limit]), len(found) > query.limit)
