"""One declaration of a column: its head and cells on the page, the order by it, and what the file says."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, localize, number_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from cxc.access.scoped import Actor
from cxc.core.moments import moment_text
from cxc.web.exports import yes_or_no

# What a page says of a row, given the text of the column's value; what is no safe string is escaped.
Cell = Callable[[Any, str], str]


def plain_cell(_row: Any, text: str) -> str:
    """The value and nothing else."""
    return text


def everybody(_actor: Actor) -> bool:
    """A column without a rule of its own is shown to whoever sees the list."""
    return True


@dataclass(frozen=True)
class Column:
    """One column of a list.

    heading       its head on page and file; on a phone it stands above the value
    value         what the file says of a row; None for a column that the page alone has
    name          by which `Layout.on_page` and the address (`?sort=`) call it
    sort          the fields that the list is ordered by; without them it can't be ordered by this column
    cell          how the page says it: a function of the row and the text of its value (`cxc.web.listing.cells`), or
                  the name of a template that gets `row`
    css_class     of the page's cells; "number" aligns them to the right
    hide_heading  the head is for screen readers alone
    shown_to      who gets the column, on the page and in the file
    """

    heading: Any
    value: Callable[[Any], Any] | None = None
    _: KW_ONLY
    name: str = ""
    sort: Sequence[str] = ()
    cell: Cell | str = plain_cell
    css_class: str = ""
    hide_heading: bool = False
    shown_to: Callable[[Actor], bool] = everybody

    def value_of(self, row: Any) -> Any:
        """What the file says of the row; None for a column that the page alone has."""
        return None if self.value is None else self.value(row)

    def text(self, row: Any) -> str:
        """The value as a page writes it."""
        return text_of(self.value_of(row))

    def html(self, row: Any) -> SafeString:
        """What stands in the page's cell, where that is no template."""
        assert not isinstance(self.cell, str), f"{self.cell} is a template."
        return conditional_escape(self.cell(row, self.text(row)))


def text_of(value: Any) -> str:
    """How a page writes a value: short dates, amounts with two decimals, yes or no, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, Decimal):
        return number_format(value, 2, use_l10n=True, force_grouping=True)
    return str(localize(value))
