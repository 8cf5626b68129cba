"""The forms on the page of a bulk action: one for each item, or one for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cxc.access.scoped import Actor
from cxc.bulk.actions import BulkAction
from cxc.bulk.models import BulkItem, BulkRun
from cxc.core.sanitise import storable

# The largest number of items with a row of their own; the others get their values from “Fill in for all”.
MOST_FORMS = 100
ALL = "all"


@dataclass(frozen=True)
class FormRow:
    """An item that is filled in: a field for each column, None where its form has none of that name."""

    item: BulkItem
    thing: Any
    cells: Sequence[Any]


@dataclass(frozen=True)
class OwnRun:
    """A run of the person who asks, and the actor they still are for it."""

    run: BulkRun
    actor: Actor

    @property
    def action(self) -> BulkAction | None:
        return self.run.declared

    def load(self, items: Iterable[BulkItem]) -> dict[int, Any]:
        return self.action.load((item.thing_id for item in items), self.actor) if self.action else {}


def forms_of(own: OwnRun, action: BulkAction, for_all: dict[str, Any]) -> dict[str, Any]:
    """What is filled in: one form for all items, or one for each."""
    if action.shared_form:
        return shared_context(shared_form_of(own, action, initial=own.run.values))
    return _form_rows(own, action, for_all)


def shared_context(form: Any) -> dict[str, Any]:
    return {"shared_form": form, "forms": [form]}


def shared_form_of(own: OwnRun, action: BulkAction, **given: Any) -> Any:
    """The form that is the same for all; it knows the thing where there is only one."""
    assert action.form is not None
    items = list(own.run.items.all()[:2])
    things = own.load(items) if len(items) == 1 else {}
    return action.form(**given, thing=next(iter(things.values()), None), actor=own.actor)


def raw_values(form: Any) -> dict[str, Any]:
    """What was typed into each field, as it came."""
    typed = {
        name: field.widget.value_from_datadict(form.data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    return {name: _storable(value) for name, value in typed.items()}


def _storable(value: Any) -> Any:
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return storable(value) if isinstance(value, str) else value


def _form_rows(own: OwnRun, action: BulkAction, for_all: dict[str, Any]) -> dict[str, Any]:
    """The columns, with the fields of each item, and a first row for all: empty, or as it was typed.

    A column is a field that one of the forms shows: of a virtual exchange, there is no lump sum.
    """
    items = list(own.run.items.order_by("position")[:MOST_FORMS])
    things = own.load(items)
    known = [(item, things[item.thing_id]) for item in items if item.thing_id in things]
    forms = [_form(own, action, item.prefix, thing, item.form_data) for item, thing in known]
    fullest = max(forms, key=lambda form: len(form.visible_fields()), default=None)
    if fullest is None:
        return {}
    names = [field.name for field in fullest.visible_fields()]
    first = _form(own, action, ALL, known[forms.index(fullest)][1], {})
    for field in first.fields.values():
        field.initial = None
    first.initial = for_all
    rows = [FormRow(*pair, _cells(form, names)) for pair, form in zip(known, forms, strict=True)]
    return {"forms": [first, *forms], "form_rows": rows, "for_all": _cells(first, names)}


def _form(own: OwnRun, action: BulkAction, prefix: str, thing: Any, initial: dict[str, Any]) -> Any:
    assert action.form is not None
    return action.form(initial=initial, prefix=prefix, thing=thing, actor=own.actor)


def _cells(form: Any, names: Iterable[str]) -> list[Any]:
    shown = {field.name: field for field in form.visible_fields()}
    return [shown.get(name) for name in names]
