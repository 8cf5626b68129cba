"""When what is to be handed in was returned with comments: one rule for the to-do page, mails and lists.

An item counts as returned while the last change of state of what `Todo.hands_in` names is a transition with
`returns=True`. Handing it in again ends that.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Case, DateTimeField, F, OuterRef, Q, Subquery, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.access.scoped import Scoped, Side
from cxc.core.moments import local_day
from cxc.todo.models import TodoItemQuerySet
from cxc.todo.subjects import TodoSubject, by_code
from cxc.workflow.models import StateEvent
from cxc.workflow.todo import HandsIn
from cxc.workflow.transitions import StatefulModel, kind_of, transitions_of


def with_returned_at(items: TodoItemQuerySet) -> Any:
    """The items, each with `returned_at`: the moment of the return (UTC), or None. It takes no query of its own."""
    return items.annotate(returned_at=_returned_at())


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
    model = model_handed_in(owed.todo.hands_in, subject) if owed.todo.hands_in else None
    return model is not None and bool(set(sides) & set(model.read_permissions["see"]))


def handed_in() -> dict[str, HandsIn]:
    """What is handed in by doing what is owed, by its code."""
    return {code: one.todo.hands_in for code, (_subject, one) in by_code().items() if one.todo.hands_in is not None}


@cache
def _returned_at() -> Case:
    """By what is handed in, for each code: the same for all items."""
    codes: dict[HandsIn, list[str]] = defaultdict(list)
    for code, hands_in in handed_in().items():
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


def model_handed_in(hands_in: HandsIn, subject: TodoSubject) -> type[Scoped]:
    """The kind of what is handed in."""
    return apps.get_model(hands_in.kind) if hands_in.kind else subject.model


def _manager(kind: str) -> Any:
    return apps.get_model(kind)._base_manager
