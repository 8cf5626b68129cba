"""A column of a list: how a page writes its value, and what stands in a cell."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from cxc.access.scoped import NOBODY
from cxc.web.listing import Column
from cxc.web.listing.cells import link, or_dash, period, state_badge, state_with_returns
from cxc.web.listing.columns import text_of
from cxc.web.listing.table import row_cells


def cells_of(columns: Sequence[Column], row: Any) -> str:
    request: Any = RequestFactory().get("/")
    request.actor = NOBODY
    ((_row, cells),) = row_cells(columns, [row], request)
    return cells


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (False, "no"),
        (0, "0"),
        (1234, "1234"),
        (Decimal("1250.5"), "1,250.50"),
        (date(2026, 9, 7), "07/09/2026"),
        (gettext_lazy("Visitor"), "Visitor"),
    ],
)
def test_a_page_writes_each_kind_of_value_in_one_way(value: object, expected: str) -> None:
    assert text_of(value) == expected


def test_a_cell_says_the_value_beneath_its_heading() -> None:
    columns = [
        Column("A & B", lambda row: row.name),
        Column("Amount", lambda row: row.amount, css_class="number"),
        Column("Open", cell=lambda row, _text: f"open {row.name}", hide_heading=True),
    ]
    assert cells_of(columns, SimpleNamespace(name="<Loom>", amount=Decimal(5))) == (
        '<td data-label="A &amp; B">&lt;Loom&gt;</td>'
        '<td class="number" data-label="Amount">5.00</td>'
        "<td>open &lt;Loom&gt;</td>"
    )


def test_a_cell_with_nothing_in_it_is_empty_so_that_a_card_leaves_it_out() -> None:
    columns = [Column("Paid", lambda _row: None, css_class="number"), Column("Days", cell=lambda _row, _text: "")]
    assert cells_of(columns, None) == "<td></td><td></td>"


def test_what_several_lists_say() -> None:
    row = SimpleNamespace(get_absolute_url=lambda: "/x/?a=1&b=2", state="due", returned=[])
    assert link(row, "<X>") == '<a href="/x/?a=1&amp;b=2">&lt;X&gt;</a>'
    assert (or_dash(row, ""), or_dash(row, "Loom")) == ("–", "Loom")
    assert period(date(2026, 9, 7), date(2026, 9, 11)) == "07/09/2026 – 11/09/2026"
    assert period(None, None) == ""
    assert state_with_returns(row, "Due") == state_badge(row, "Due")
    row.returned = [SimpleNamespace(text="Returned <b>")]
    assert state_with_returns(row, "Due").endswith('</span> <span class="returned">Returned &lt;b&gt;</span>')


def test_a_template_as_a_cell_gets_the_row_and_can_hold_a_form() -> None:
    row = SimpleNamespace(task=SimpleNamespace(button=SimpleNamespace(url="/remind/", what="sign", sent_at=None)))
    cells = cells_of([Column("Remind", cell="todo/remind_cell.html")], row)
    assert 'action="/remind/"' in cells
    assert 'name="csrfmiddlewaretoken"' in cells


def test_a_safe_cell_stays_as_it_is() -> None:
    column = Column("Amount", lambda _row: 5, cell=lambda _row, text: format_html("{}<br>{}", text, "<due>"))
    assert cells_of([column], None) == '<td data-label="Amount">5<br>&lt;due&gt;</td>'
