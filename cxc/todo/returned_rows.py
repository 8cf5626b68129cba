"""What was returned with comments, of the rows of a list and of what belongs to them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, sides_of
from cxc.core.moments import local_day
from cxc.todo.holders import Place, place_of, places_of
from cxc.todo.returns import handed_in, may_read_return, model_handed_in, returned_text
from cxc.todo.state_changes import state_changes_of
from cxc.todo.stored import items_under
from cxc.todo.subjects import by_code, zone_of

# The date format of list pages.
LIST_DATE_FORMAT = "SHORT_DATE_FORMAT"


@dataclass(frozen=True)
class ReturnedThing:
    """What was returned, in a word ('' for the row itself), and the local date of the return."""

    name: str
    day: date

    @property
    def text(self) -> str:
        """“Final Activity Report: returned on 03/03/2026 with comments”, with the days that lists have."""
        if not self.name:
            return capfirst(returned_text(self.day, LIST_DATE_FORMAT))
        values = {"thing": capfirst(self.name), "day": date_format(self.day, LIST_DATE_FORMAT)}
        return _("%(thing)s: returned on %(day)s with comments") % values


def attach_returned(rows: Sequence[Any], actor: Actor) -> Sequence[Any]:
    """Give each row `returned`, its `ReturnedThing`s that wait to be handed in anew, as far as the actor may see them.

    In a constant number of queries. The rows are of one kind, and have been read with the relations that lead to their
    sides and zone. Returns them.
    """
    found: dict[int, dict[str, ReturnedThing]] = defaultdict(dict)
    for row, code, moment in _returns_of(rows):
        if may_read_return(code, sides_of(actor, row)):
            one = ReturnedThing(_name(code, row), local_day(moment, zone_of(row)))
            found[row.pk].setdefault(one.name, one)
    for row in rows:
        row.returned = list(found[row.pk].values())
    return rows


def returned_texts(row: Any) -> str:
    """What a list says of a row to which `attach_returned` was given, in one cell."""
    return "; ".join(one.text for one in row.returned)


def _returns_of(rows: Sequence[Any]) -> Iterator[tuple[Any, str, datetime]]:
    """Row, code and moment (UTC) of what is owed anew, in the order in which it is declared."""
    waiting: dict[Place, list[Any]] = defaultdict(list)
    for row in rows:
        for place in places_of(row):
            waiting[place].append(row)
    owners = {owner for _kind, owner in waiting}
    items = [item for item in items_under(owners, handed_in(), clock.now()) if place_of(item) in waiting]
    changes, order = state_changes_of((), items), list(by_code())
    for item in sorted(items, key=lambda one: (order.index(one.code), one.thing_id)):
        if (moment := changes.return_of(item)) is not None:
            yield from ((row, item.code, moment) for row in waiting[place_of(item)])


def _name(code: str, row: Any) -> str:
    subject, owed = by_code()[code]
    assert owed.todo.hands_in is not None
    model = model_handed_in(owed.todo.hands_in, subject)
    return "" if isinstance(row, model) else str(model._meta.verbose_name)
