"""Every list of the portal: what its columns declare, its page and its file agree."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver
from openpyxl import load_workbook

from cxc import clock
from cxc.access.scoped import Actor, Principal
from cxc.web.listing import Column, Layout, Listing
from cxc.web.listing.columns import plain_cell, text_of
from exchanges.models import Exchange
from exchanges.views.lists import EXCHANGES
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties, with_another_visitor
from tests.html import source_of
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

# Of every list; the Support Office sees them all.
ADDRESSES = ("/exchanges/", "/visits/", "/payments/", "/profiles/", "/matches/", "/dashboard/late/")


def layouts() -> Iterator[Layout]:
    """Those of all views."""
    assert get_resolver().url_patterns  # imports the views
    found = {id(one): one for module in list(sys.modules.values()) for one in vars(module).values() if is_layout(one)}
    yield from found.values()


def is_layout(thing: object) -> bool:
    return isinstance(thing, Layout)


def test_each_layout_speaks_of_columns_that_there_are() -> None:
    support_office = usual_parties().so
    every = list(layouts())
    assert len(every) >= len(ADDRESSES)
    for layout in every:
        columns = layout.columns(support_office)
        names = [column.name for column in columns if column.name]
        sorts = {column.name for column in columns if column.sort}
        assert len(names) == len(set(names)), f"{layout.name}: one name for two columns."
        assert set(layout.on_page) <= set(names), layout.name
        assert layout.first.removeprefix("-") in sorts, layout.name
        assert all(column.value or column.name in layout.on_page for column in columns), f"{layout.name}: in neither."


def table_of(page: str) -> tuple[list[str], list[list[str]]]:
    """Heads, and the text of the cells of each row; without the boxes to tick and the buttons of the quick look."""
    table = page[page.index("<thead>") : page.index("</table>")]
    table = re.sub(r'<t[hd][^>]*class="(?:select|quick-look)-cell">.*?</t[hd]>', "", table, flags=re.DOTALL)
    rows = [[text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in table.split("</tr>")]
    return rows[0], rows[1:-1]


def text(html: str) -> str:
    return unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", "", html)).strip()


def sheet_of(client: Client, address: str) -> tuple[list[str], list[list[Any]]]:
    heads, *rows = load_workbook(BytesIO(client.get(address, {"format": "xlsx"}).content)).active.iter_rows(
        values_only=True
    )
    return list(heads), [[as_day(value) for value in row] for row in rows]


def as_day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_and_file_have_the_columns_that_are_declared_and_say_the_same(address: str) -> None:
    parties = usual_parties()
    completion.closed(parties)
    completion.paid(with_another_visitor(parties))
    lifecycle.in_preparation(with_another_visitor(parties))
    client = client_for(parties.so)
    with clock.at(completion.AFTER + timedelta(days=30)):
        page = client.get(address)
        file_heads, lines = sheet_of(client, address)
    listing = page.context["listing"]
    heads, rows = table_of(source_of(page))
    in_file = [column for column in listing.columns if column.value]
    assert in_file == listing.file_columns
    assert heads == [str(column.heading) for column in listing.page_columns]
    assert file_heads == [str(column.heading) for column in in_file]
    assert len(rows) == len(lines) == len(page.context["page"].object_list) > 0
    for place, column in enumerate(listing.page_columns):
        if column.value and column.cell is plain_cell:
            said = [text_of(line[in_file.index(column)]) for line in lines]
            assert [row[place] for row in rows] == said, column.heading


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_head_that_orders_a_list_leads_to_the_list_in_that_order(address: str) -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    client = client_for(parties.so)
    with clock.at(lifecycle.NOW + timedelta(days=60)):
        for head in client.get(address).context["listing"].heads:
            shown = client.get(head.url or address).context["listing"]
            (now,) = [one for one in shown.heads if one.label == head.label]
            assert bool(now.direction) is bool(head.url), head.label


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_fields_of_the_filter_come_once_it_is_unfolded_and_by_a_link_without_scripts(address: str) -> None:
    client = client_for(usual_parties().so)
    folded = client.get(f"{address}?sort=nonsense")
    url = folded.context["listing"].fields_url
    part, whole = client.get(url, headers={"HX-Request": "true"}), client.get(url)
    assert url == f"{address}?sort=nonsense&fields=shown"
    assert ['class="filters"' in source_of(page) for page in (folded, part, whole)] == [False, True, True]
    assert ["<main" in source_of(page) for page in (folded, part, whole)] == [True, False, True]


def test_a_filter_that_can_not_be_read_is_open_with_its_sentence() -> None:
    page = source_of(client_for(usual_parties().so).get("/exchanges/?from=soon"))
    assert 'class="filters"' in page


def test_a_column_is_kept_from_who_is_not_meant_to_have_it() -> None:
    parties = usual_parties()

    def columns(_actor: Actor) -> Sequence[Column]:
        office = Column(
            "Office", str, name="office", shown_to=lambda actor: actor.principal is Principal.SUPPORT_OFFICE
        )
        return Column("Reference", str, name="reference", sort=("pk",)), office

    layout = replace(EXCHANGES, columns=columns, on_page=("office", "reference"))
    found = {}
    for name, actor in {"so": parties.so, "vo": parties.vo}.items():
        request: Any = RequestFactory().get("/exchanges/")
        request.actor = actor
        listing = Listing(request, layout, Exchange.objects.none())
        found[name] = [[one.name for one in shown] for shown in (listing.page_columns, listing.file_columns)]
    assert found == {"so": [["office", "reference"], ["reference", "office"]], "vo": [["reference"], ["reference"]]}
