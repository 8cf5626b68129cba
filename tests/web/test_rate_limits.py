"""Whoever does too often what costs is asked to wait; no address that renders or searches is without a limit.

Addresses that send mail: `tests.access.test_matrix`, which sends every form there is.
"""

import inspect
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from cxc.settings.limits import RATE_LIMITS, Rate
from cxc.web.listing.page import show
from cxc.web.pdf_pages import page_picture, pdf_made_now
from cxc.web.site_search.sources import search
from exchanges.services import visit_files
from matching.catalogue.search import CatalogueSearch
from matching.presenters.best_matches import best_matches
from reports import exports, pdf_report
from tests.factories import people
from tests.factories.clients import client_for
from tests.web.test_addresses import patterns

COSTLY: dict[str, tuple[object, ...]] = {
    "search": (search, show, CatalogueSearch, best_matches),
    "render": (
        pdf_made_now,
        pdf_report.request_report,
        exports.tables_as_csv,
        exports.tables_as_book,
        exports.table_as_csv,
        visit_files.zip_of,
        visit_files.combined_pdf,
    ),
    "picture": (page_picture,),
}


def named(code: CodeType) -> Iterator[str]:
    """The names that a function uses, in the functions within it too."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from named(constant)


def reached(function: FunctionType, seen: set[object]) -> set[object]:
    """What a function of a view's module uses, through the other functions of this module."""
    names = set(named(function.__code__))
    values = {name: value for name, value in function.__globals__.items() if name in names}
    found = [value for value in values.values() if callable(value)]
    for module in (value for value in values.values() if inspect.ismodule(value)):
        found += [value for name in names if callable(value := getattr(module, name, None))]
    for value in found:
        if value not in seen:
            seen.add(value)
            if isinstance(value, FunctionType) and value.__module__ == function.__module__:
                reached(value, seen)
    return seen


def views() -> Iterator[tuple[str, Any]]:
    for pattern, entry in patterns(get_resolver()):
        if isinstance(inspect.unwrap(entry.callback), FunctionType):
            yield pattern, entry.callback


@pytest.mark.parametrize("name", COSTLY)
def test_every_address_that_renders_or_searches_has_its_limit(name: str) -> None:
    costly = {pattern: view for pattern, view in views() if reached(inspect.unwrap(view), set()) & {*COSTLY[name]}}
    assert costly
    assert not [pattern for pattern, view in costly.items() if getattr(view, "rate_limit", None) != name]


def test_every_limit_of_a_view_stands_in_the_table() -> None:
    used = {view.rate_limit for _pattern, view in views() if hasattr(view, "rate_limit")}
    assert used == {"mail", *COSTLY}
    assert used < set(RATE_LIMITS)


@pytest.fixture
def two_a_period(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets a limit to two in 600 seconds, 150 of which have passed."""

    def few(name: str) -> None:
        rate = Rate(2, 600, posts_only=RATE_LIMITS[name].posts_only)
        monkeypatch.setitem(settings.RATE_LIMITS, name, rate)
        monkeypatch.setattr("cxc.access.rate_limits.time.time", lambda: 1_800_000_150.0)

    return few


@pytest.mark.django_db
def test_who_searches_too_often_is_told_when_to_try_again(two_a_period: Callable[[str], None]) -> None:
    two_a_period("search")
    client = client_for(people.support_office())
    answers = [client.get("/search/", {"q": "host"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "450"
    assert "Please try again in 8 minutes." in " ".join(answers[2].content.decode().split())
    assert client_for(people.support_office()).get("/search/", {"q": "host"}).status_code == 200


@pytest.mark.django_db
def test_who_is_not_signed_in_is_counted_by_address(two_a_period: Callable[[str], None]) -> None:
    two_a_period("render")
    answers = [Client(REMOTE_ADDR=f"192.0.2.{end}").get("/statistics.csv") for end in (1, 1, 2, 1)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


@pytest.mark.django_db
def test_reading_a_page_with_a_form_that_sends_mail_is_not_counted(two_a_period: Callable[[str], None]) -> None:
    two_a_period("mail")
    client = client_for(people.stranger())
    assert [client.get("/organisations/join/").status_code for _ in range(3)] == [200] * 3
    assert [client.post("/organisations/join/").status_code for _ in range(3)][2] == 429
