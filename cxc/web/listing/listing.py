"""A list as a page or as a file, through one address."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Model, OrderBy, QuerySet
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from cxc.access.guards import PortalRequest
from cxc.access.scoped import Actor
from cxc.bulk.actions import BulkAction, action_of, actions_for
from cxc.bulk.reminders import reminder_code
from cxc.core.folding import order_path
from cxc.core.links import EVERYTHING
from cxc.core.pooling import in_parts
from cxc.todo.late_tasks import attach_late
from cxc.web.exports import CHUNK_SIZE, KINDS
from cxc.web.listing.columns import Column
from cxc.web.listing.filters import ListFilter
from cxc.web.listing.late import columns_of_rows
from cxc.web.listing.saved_views import canonical_query
from cxc.web.listing.table import Head, row_cells
from cxc.web.models import SavedView
from cxc.web.saved_views import store

# Parameters of an address that are no filters.
ORDER, PAGE, FILE, VIEW, FIELDS = "sort", "page", "format", "view", "fields"


@dataclass(frozen=True)
class Layout:
    """How a list is shown.

    title      its heading; `lead` is a sentence beneath it
    counted    how many rows there are: `ngettext_lazy("%(number)s visit", "%(number)s visits", "number")`
    empty      what to say where there is nothing, even without a filter
    filter     what it is narrowed down by
    columns    every column that anybody gets, in the order of the file; a function of the actor who reads
    on_page    names of the columns on the page, in its order
    first      the order in which it stands unless the address says otherwise; "-" before the name turns it round
    name       of the file, and of the list's address
    template   the page, where it has more than heading, filter, table and files; gets `listing`, extends the default
    sums       what else the table's caption says, after the count
    attach     gives the rows of a page, or of a part of the file, what is read for all of them at once; returns them
    css_class  of the page's table
    has_quick_look  each row has a button that shows the most important of its record beside the list
                    (`cxc.web.quick_look`)
    """

    title: Any
    counted: Any
    empty: Any
    filter: type[ListFilter]
    columns: Callable[[Actor], Sequence[Column]]
    on_page: Sequence[str]
    first: str
    name: str
    template: str = "components/listing/page.html"
    lead: Any = ""
    sums: "Callable[[Listing], Iterable[str]]" = lambda _listing: ()
    attach: Callable[[Sequence[Any], Actor], Sequence[Any]] = lambda rows, _actor: rows
    per_page: int = 25
    css_class: str = ""
    has_quick_look: bool = False


@dataclass(frozen=True)
class FilterChip:
    """One filter that is set, in words, with the address without it."""

    label: str
    value: str
    url: str


@dataclass
class Listing:
    """One person's look at a list through one address.

    `counted`: a queryset of the same rows as `mine` that is quicker to count, where there is one.
    """

    request: PortalRequest
    layout: Layout
    mine: QuerySet = field(repr=False)
    counted: QuerySet | None = field(default=None, repr=False)

    @cached_property
    def filter(self) -> ListFilter:
        return self._filtered(self.mine)

    def _filtered(self, rows: QuerySet) -> ListFilter:
        return self.layout.filter(self.request.GET, queryset=rows, request=self.request)

    @property
    def form(self) -> Any:
        return self.filter.form

    @cached_property
    def is_valid(self) -> bool:
        """Whether every filter in the address could be read; those that could not are left aside, with a sentence."""
        return bool(self.filter.is_valid() or not self.filter.is_bound)

    @cached_property
    def sort(self) -> str:
        """The order: as the address says, where it says one that there is."""
        asked = self.request.GET.get(ORDER, "")
        return asked if asked.removeprefix("-") in self._sorts else self.layout.first

    @cached_property
    def rows(self) -> QuerySet:
        """All that fits, in the order of the address."""
        return self.filter.qs.order_by(*self._order())

    @cached_property
    def late(self) -> str:
        """What the list is narrowed down to that is late, of what its rows and what belongs to them owe; or ''."""
        narrows = bool(self.layout.filter.late_paths) and "late" in self.form.fields and self.is_valid
        return str(self.form.cleaned_data.get("late") or "") if narrows and self.filter.is_bound else ""

    @cached_property
    def columns(self) -> list[Column]:
        """Those that this person is shown, in the order of the file."""
        actor = self.request.actor
        return [column for column in self.layout.columns(actor) if column.shown_to(actor)]

    @property
    def file_columns(self) -> list[Column]:
        """Those that have a value; with what is late, where the list is narrowed down to that."""
        columns = [*self.columns, *(columns_of_rows() if self.late else [])]
        return [column for column in columns if column.value is not None]

    @cached_property
    def page_columns(self) -> list[Column]:
        """Those of the page, in its order."""
        named = {column.name: column for column in self.columns}
        return [named[name] for name in self.layout.on_page if name in named]

    @cached_property
    def page(self) -> Page:
        paginator = Paginator(self.rows, self.layout.per_page)
        if self.counted is not None:
            # Instead of what the paginator would count itself.
            paginator.count = self._filtered(self.counted).qs.count()
        page = paginator.get_page(self.request.GET.get(PAGE))
        page.object_list = self._attach(list(page.object_list))
        return page

    def rows_of_file(self) -> Generator[Any, None, None]:
        """All rows, read and attached in parts, in a transaction that ends with the last row or when it is closed."""
        with closing(in_parts(self.rows, CHUNK_SIZE)) as rows:
            while part := list(islice(rows, CHUNK_SIZE)):
                yield from self._attach(part)

    @cached_property
    def actions(self) -> list[BulkAction]:
        """What staff can do with many rows; where the list is narrowed down to what is late, reminding of it first."""
        offered = actions_for(self.kind, self.request.actor)
        reminder = action_of(reminder_code(self.late)) if self.late and offered else None
        return [reminder, *offered] if reminder is not None and reminder.takes_rows_of(self.kind) else offered

    @property
    def kind(self) -> str:
        """The kind of its rows."""
        return self.mine.model._meta.label_lower

    @property
    def url(self) -> str:
        """The list as it is narrowed down and ordered, from its first page."""
        return self._url()

    @cached_property
    def saved_views(self) -> list[SavedView]:
        """The person's saved views of this list."""
        return store.views_of(self.layout.name, self.request.actor)

    @property
    def default_view(self) -> SavedView | None:
        """The view with which the list opens, if the person has chosen one."""
        return next((view for view in self.saved_views if view.is_default), None)

    @property
    def query(self) -> str:
        """The filters and the order of the address: what a saved view holds."""
        return canonical_query(self.request.GET, [*self.layout.filter.base_filters, ORDER])

    @property
    def heads(self) -> Iterator[Head]:
        for column in self.page_columns:
            url = self.sort_url(column.name) if column.sort else ""
            yield Head(column.heading, column.hide_heading, url, self.direction(column.name))

    @property
    def table(self) -> Iterator[tuple[Any, SafeString]]:
        """Each row of the page with its cells."""
        return row_cells(self.page_columns, self.page, self.request)

    @property
    def caption(self) -> str:
        """How many rows there are on all pages, and what they come to."""
        return ", ".join([self.layout.counted % {"number": self.count}, *self.layout.sums(self)])

    @property
    def count(self) -> int:
        return int(self.page.paginator.count)

    @cached_property
    def filter_chips(self) -> list[FilterChip]:
        """What narrows the list down."""
        self.filter.is_valid()  # what could not be read has no chip
        return list(self._filter_chips())

    @property
    def all_url(self) -> str:
        """The list without any filter, in its usual order."""
        return self._url(drop=[*self.layout.filter.base_filters, ORDER])

    @property
    def clear_url(self) -> str:
        """The list without any filter, in the same order."""
        return self._url(drop=list(self.layout.filter.base_filters))

    @property
    def fields_url(self) -> str:
        """The list with the fields of its filter, which take longer than the rest of a page and are seldom opened."""
        return self._url(**{FIELDS: "shown"})

    @property
    def has_fields(self) -> bool:
        """Whether the fields of the filter are shown: they were asked for, or something in them can't be read."""
        return FIELDS in self.request.GET or not self.is_valid

    def file_url(self, kind: str) -> str:
        return self._url(**{FILE: kind})

    @property
    def file_urls(self) -> list[tuple[str, str]]:
        return [(kind.upper(), self.file_url(kind)) for kind in KINDS]

    def sort_url(self, name: str) -> str:
        """By this column; the other way round where it is so already."""
        return self._url(**{ORDER: f"-{name}" if self.sort == name else name})

    def direction(self, name: str) -> str:
        """How the list is ordered by this column now, in the word of `aria-sort`; '' where it is not."""
        return {name: "ascending", f"-{name}": "descending"}.get(self.sort, "")

    def _attach(self, rows: Sequence[Any]) -> Sequence[Any]:
        if self.late:
            attach_late(rows, self.late, self.layout.filter.late_paths, self.request.actor)
        return self.layout.attach(rows, self.request.actor)

    # --- how ----------------------------------------------------------------------------------

    @cached_property
    def _sorts(self) -> dict[str, Sequence[str]]:
        return {column.name: column.sort for column in self.columns if column.sort}

    def _order(self) -> list[OrderBy]:
        down = self.sort.startswith("-")
        named = self._sorts[self.sort.removeprefix("-")]
        return [_by(self.mine.model, name, down=down) for name in dict.fromkeys([*named, "pk"])]

    def _url(self, *, drop: Sequence[str] = (), **changes: str) -> str:
        query = self.request.GET.copy()
        for name in [*drop, PAGE, FILE, VIEW, FIELDS]:
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        for name in [name for name, values in query.lists() if not any(values)]:
            del query[name]
        text = query.urlencode() or (EVERYTHING if self.default_view else "")
        return f"{self.request.path}?{text}" if text else self.request.path

    def _filter_chips(self) -> Iterator[FilterChip]:
        for name, field_ in self.form.fields.items():
            value = self.form.cleaned_data.get(name)
            if value in (None, "", []):
                continue
            labels = dict(getattr(field_, "choices", ())) if isinstance(value, str | list) else {}
            values = value if isinstance(value, list) else [value]
            text = ", ".join(_value_text(one, labels) for one in values)
            yield FilterChip(str(field_.label), text, self._url(drop=[name]))


def _by(model: type[Model], name: str, *, down: bool) -> OrderBy:
    """The order by a column, empty ones last; an index serves it where the column can't be empty."""
    path = order_path(model, name)
    columns = {field.name: field for field in model._meta.concrete_fields}
    is_filled = name == "pk" or (path in columns and not columns[path].null)
    return OrderBy(F(path), descending=down, nulls_last=None if is_filled else True)


def _value_text(value: Any, labels: Mapping[Any, Any]) -> str:
    if hasattr(value, "isoformat"):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(labels.get(value, value))
