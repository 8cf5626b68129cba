"""When what is to be handed in was returned with comments: one rule for the to-do page, mails and lists.

An item counts as returned while the last change of state of what `Todo.hands_in` names is a transition with
`returns=True`. Handing it in again ends that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Case, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, Scoped, Side, sides_of
from cxc.core.moments import local_day
from cxc.todo.models import TaskKey, TodoItem, TodoItemQuerySet
from cxc.todo.subjects import TodoSubject, by_code, subjects, zone_of
from cxc.workflow.models import StateEvent
from cxc.workflow.todo import HandsIn
from cxc.workflow.transitions import StatefulModel, kind_of, transitions_of

# The date format of list pages.
LIST_DATE_FORMAT = "SHORT_DATE_FORMAT"


def with_returned_at(items: TodoItemQuerySet) -> Any:
    """The items, each with `returned_at`: the moment of the return (UTC), or None. It takes no query of its own."""
    return items.annotate(returned_at=_returned_at())


def return_moments(keys: Iterable[tuple[str, int]]) -> dict[TaskKey, datetime]:
    """When what waits to be handed in anew on these things (kind, id) was returned, with its code; in one query."""
    return _moments_of(TodoItem.objects.on(keys))


def _moments_of(items: TodoItemQuerySet) -> dict[TaskKey, datetime]:
    owed = with_returned_at(items.visible_at(clock.now()).filter(code__in=_handed_in()))
    rows = owed.exclude(returned_at=None).values_list("kind", "thing_id", "code", "returned_at")
    return {(kind, pk, code): moment for kind, pk, code, moment in rows}


def returned_text(day: date | None, date_style: str = "DATE_FORMAT") -> str:
    """“returned on 3 Mar 2026 with comments”; '' where it was not returned."""
    return _("returned on %(day)s with comments") % {"day": date_format(day, date_style)} if day else ""


def returned_text_for(sides: Iterable[Side], code: str, moment: datetime | None, zone: str) -> str:
    """The same of an item, for somebody on these sides; '' where they may not see what was returned."""
    if moment is None or not may_read_return(code, sides):
        return ""
    return returned_text(local_day(moment, zone))


def may_read_return(code: str, sides: Iterable[Side]) -> bool:
    """Whether somebody on these sides may see what is handed in by this, and so that it was returned."""
    subject, owed = by_code()[code]
    model = _model(owed.todo.hands_in, subject) if owed.todo.hands_in else None
    return model is not None and bool(set(sides) & set(model.read_permissions["see"]))


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


def returned_on(rows: Sequence[Any], actor: Actor) -> dict[int, list[ReturnedThing]]:
    """What waits to be handed in anew on rows of one kind, with what belongs to them, by id.

    In one query, and one more for each kind of what was returned. Only what the actor may see. The rows have been
    read with the relations that lead to their sides and zone.
    """
    if not rows:
        return {}
    known = {row.pk: row for row in rows}
    found: dict[int, dict[str, ReturnedThing]] = defaultdict(dict)
    for pk, code, moment in _returned_codes(kind_of(rows[0]), list(known)):
        if may_read_return(code, sides_of(actor, known[pk])):
            one = ReturnedThing(_name(code, known[pk]), local_day(moment, zone_of(known[pk])))
            found[pk].setdefault(one.name, one)
    return {pk: list(named.values()) for pk, named in found.items()}


def attach_returned(rows: Sequence[Any], actor: Actor) -> Sequence[Any]:
    """Give each row `returned`, its `ReturnedThing`s: for a list and its file. Returns the rows."""
    found = returned_on(rows, actor)
    for row in rows:
        row.returned = found.get(row.pk, [])
    return rows


def returned_texts(row: Any) -> str:
    """What a list says of a row to which `attach_returned` was given, in one cell."""
    return "; ".join(one.text for one in row.returned)


@dataclass(frozen=True)
class _Belonging:
    """Things of a subject that belong to rows of a list: by which path, and the condition that finds them."""

    subject: TodoSubject
    path: str
    condition: Mapping[str, Any]

    @property
    def ids(self) -> QuerySet[Any, Any]:
        return self.subject.model._base_manager.filter(**self.condition).order_by().values("pk")

    def rows_of(self, ids: Iterable[int]) -> Iterable[tuple[int, int]]:
        """Of these things: each with a row to which it belongs."""
        if self.path == "pk":
            return [(pk, pk) for pk in ids]
        found = self.subject.model._base_manager.filter(**self.condition).filter(pk__in=ids)
        return found.order_by().values_list("pk", self.path)


def _belonging_to(kind: str, ids: list[int]) -> Iterator[_Belonging]:
    """The rows themselves, and each kind that belongs to them, of what is handed in."""
    handed_in = _handed_in()
    for subject in subjects():
        holds = subject.holds_up
        path = "pk" if subject.kind == kind else holds.path if holds is not None and holds.kind == kind else ""
        if path and any(one.todo.code in handed_in for one in subject.declarations()):
            only = holds.only if holds is not None and path != "pk" else {}
            yield _Belonging(subject, path, {**only, f"{path}__in": ids})


def _returned_codes(kind: str, ids: list[int]) -> Iterator[tuple[int, str, datetime]]:
    """Row, code and moment of what is owed anew, in the order in which it is declared."""
    belonging = list(_belonging_to(kind, ids))
    things = Q(pk__in=[])
    for one in belonging:
        things |= Q(kind=one.subject.kind, thing_id__in=ids if one.path == "pk" else one.ids)
    moments = _moments_of(TodoItem.objects.filter(things)) if belonging else {}
    for one in belonging:
        codes = [declared.todo.code for declared in one.subject.declarations()]
        own = {(pk, code): at for (of, pk, code), at in moments.items() if of == one.subject.kind and code in codes}
        rows = sorted(one.rows_of({pk for pk, _code in own})) if own else []
        for code in codes:
            yield from ((row, code, own[pk, code]) for pk, row in rows if (pk, code) in own)


def _handed_in() -> dict[str, HandsIn]:
    return {code: one.todo.hands_in for code, (_subject, one) in by_code().items() if one.todo.hands_in is not None}


@cache
def _returned_at() -> Case:
    """By what is handed in, for each code: the same for all items."""
    codes: dict[HandsIn, list[str]] = defaultdict(list)
    for code, hands_in in _handed_in().items():
        codes[hands_in].append(code)
    cases = [When(code__in=found, then=Subquery(_last_return(hands_in))) for hands_in, found in codes.items()]
    return Case(*cases, default=None, output_field=DateTimeField())


def _last_return(hands_in: HandsIn) -> Any:
    """The moment of the last change of state, if it was a return."""
    if hands_in.kind:
        belonging = _manager(hands_in.kind).filter(**{hands_in.path: OuterRef(OuterRef("thing_id"))})
        events = StateEvent.objects.filter(kind=hands_in.kind, thing_id__in=belonging.values("pk"))
    else:
        events = StateEvent.objects.filter(kind=OuterRef("kind"), thing_id=OuterRef("thing_id"))
    changes = events.exclude(from_state=F("to_state")).order_by("-id")
    return changes.annotate(at=Case(When(_is_return(), then=F("happened_at")))).values("at")[:1]


@cache
def _is_return() -> Q:
    found = Q(pk__in=[])
    for model in apps.get_models():
        if issubclass(model, StatefulModel):
            names = [name for name, declared in transitions_of(model).items() if declared.returns]
            found |= Q(kind=kind_of(model), transition__in=names) if names else Q()
    return found


def _model(hands_in: HandsIn, subject: TodoSubject) -> type[Scoped]:
    return apps.get_model(hands_in.kind) if hands_in.kind else subject.model


def _manager(kind: str) -> Any:
    return apps.get_model(kind)._base_manager


def _name(code: str, row: Any) -> str:
    subject, owed = by_code()[code]
    assert owed.todo.hands_in is not None
    model = _model(owed.todo.hands_in, subject)
    return "" if isinstance(row, model) else str(model._meta.verbose_name)
