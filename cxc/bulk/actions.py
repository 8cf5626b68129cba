"""What can be done with many things at once; each app registers its own actions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from cxc.access.scoped import ORGANISATION_SIDES, PARTNERSHIP_SIDES, Actor, Principal, Side, VisibleQuerySet
from cxc.todo.subjects import TodoSubject, subjects
from cxc.workflow import StatefulModel, Transition, available_transition, perform, transitions_of
from cxc.workflow.execution import not_allowed, sides_that_may, wrong_state

_PRINCIPALS_OF: Mapping[Principal, frozenset[Side]] = {
    Principal.ORGANISATION: ORGANISATION_SIDES,
    Principal.PARTNERSHIP: PARTNERSHIP_SIDES,
    Principal.SUPPORT_OFFICE: frozenset({Side.SO}),
}


@dataclass(frozen=True)
class BulkAction:
    """Something that can be done with each of many things of one kind.

    code      names it in addresses and stored runs
    carry_out does it with one thing, or raises Refused: thing, actor, values of the form, reason
    sides     who may do it; a thing on which the actor stands on none of them is refused when it is carried out
    takes_words  whether words of one's own go into the history and the mails, where no reason is compulsory
    form      what is entered for each thing, made with `data`, `initial`, `prefix` and `thing`; None: nothing is
    initial   what the form holds of a thing at first
    rows      kind of the rows of a list → path from a thing to such a row; the list of the things themselves needs none
    shown     the things with all that labels, sides and the form read, where that is more than `label_columns`
    permission  the read permission without which a thing can't be chosen
    """

    code: str
    label: Any
    kind: str
    carry_out: Callable[[Any, Actor, Mapping[str, Any], str], object]
    sides: tuple[Side, ...]
    takes_words: bool = True
    form: Callable[..., Any] | None = None
    initial: Callable[[Any], Mapping[str, Any]] = lambda _thing: {}
    rows: Mapping[str, str] = field(default_factory=dict)
    shown: Callable[[], VisibleQuerySet] | None = None
    permission: str = "see"

    @property
    def model(self) -> type[StatefulModel]:
        found: type[StatefulModel] = apps.get_model(self.kind)
        return found

    def is_for(self, actor: Actor) -> bool:
        """Whether this actor can stand on a side that may do it."""
        return actor.may_write and bool(_PRINCIPALS_OF.get(actor.principal, frozenset()) & set(self.sides))

    def takes_rows_of(self, kind: str) -> bool:
        """Whether rows of this kind stand for things of the action."""
        return kind in {self.kind, *self.rows}

    def things_of(self, rows: QuerySet) -> VisibleQuerySet:
        """The things that belong to these rows of a list."""
        return self.model.objects.filter(**{f"{self._path_to(rows)}__in": rows.order_by().values("pk")})

    def count_rows(self, things: QuerySet, rows: QuerySet) -> int:
        """On how many of these rows there is one of the things."""
        return int(things.order_by().values(self._path_to(rows)).distinct().count())

    def _path_to(self, rows: QuerySet) -> str:
        """The path from a thing to its row."""
        kind = rows.model._meta.label_lower
        return "pk" if kind == self.kind else self.rows[kind]

    def things(self, ids: Iterable[int]) -> dict[int, Any]:
        """These things with what is shown of them, by primary key."""
        rows = self.shown() if self.shown is not None else self.model.objects.with_labels()
        return {thing.pk: thing for thing in rows.filter(pk__in=set(ids))}

    def label_of(self, thing: Any) -> str:
        """The name of one thing, as the to-do page says it."""
        return str(_subject(self.kind).label(thing))


def _subject(kind: str) -> TodoSubject:
    return next(one for one in subjects() if one.kind == kind)


def by_transition(
    kind: str,
    *names: str,
    code: str = "",
    label: Any = None,
    facts: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]] = lambda _thing, values: values,
    **more: Any,
) -> BulkAction:
    """The action that performs a transition: of several, the first that begins where a thing stands.

    `facts`: what the transition is called with, from the thing and the values of the form.
    """
    model: type[StatefulModel] = apps.get_model(kind)
    declared = [transitions_of(model)[name] for name in names]

    def carry_out(thing: Any, actor: Actor, values: Mapping[str, Any], reason: str) -> object:
        return perform(thing, _name(declared, thing, actor), by=actor, reason=reason, **facts(thing, values))

    first = declared[0]
    return BulkAction(
        code=code or f"{kind.partition('.')[2]}-{first.name}",
        label=label or first.label,
        kind=kind,
        carry_out=carry_out,
        sides=tuple(dict.fromkeys(may.side for one in declared for may in one.sides)),
        **more,
    )


def _name(declared: Sequence[Transition], thing: StatefulModel, actor: Actor) -> str:
    """Of transitions that begin at the same state, the first whose button would show; refused where there is none."""
    from_here = [one for one in declared if thing.state in one.source]
    if not from_here:
        raise wrong_state(declared[0], thing)
    own = [one for one in from_here if sides_that_may(one, thing, actor)]
    if not own:
        raise not_allowed(from_here[0])
    return next((one.name for one in own if not _is_hidden(one, thing, actor)), own[0].name)


def _is_hidden(declared: Transition, thing: StatefulModel, actor: Actor) -> bool:
    offer = available_transition(thing, actor, declared.name) if declared.hides_when else None
    return offer is not None and offer.is_hidden


Made = Callable[[str], BulkAction | None]

_actions: dict[str, BulkAction] = {}
_made: dict[str, Made] = {}


def register(*actions: BulkAction) -> None:
    """Add actions; called when the app is ready."""
    _actions.update({one.code: one for one in actions})


def made_for(prefix: str) -> Callable[[Made], Made]:
    """Register a function that makes the actions whose codes begin like this, from the rest of the code."""

    def remember(make: Made) -> Made:
        _made[prefix] = make
        return make

    return remember


def action_of(code: str) -> BulkAction | None:
    """The action of this code; None where there is none."""
    prefix = next((prefix for prefix in _made if code.startswith(prefix)), None)
    return _actions.get(code) if prefix is None else _made[prefix](code.removeprefix(prefix))


def actions_for(kind: str, actor: Actor) -> list[BulkAction]:
    """What staff can do with many rows of this kind, in the order of their registration; an organisation has few."""
    if actor.principal not in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE}:
        return []
    return [one for one in _actions.values() if one.takes_rows_of(kind) and one.is_for(actor)]
