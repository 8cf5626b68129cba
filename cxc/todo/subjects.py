"""The things on which something is owed, and what is owed beside the transitions; each app registers its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from django.apps import apps

from cxc.access.scoped import Actor, VisibleQuerySet
from cxc.core.compiled_queries import CompiledOnce, compiled_once
from cxc.workflow import registry
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.requirements import Requirement
from cxc.workflow.todo import Escalation, Todo
from cxc.workflow.transitions import StatefulModel, Transition, kind_of, transitions_of


def _always(_thing: Any, _deadlines: Deadlines) -> bool:
    return True


@dataclass(frozen=True)
class HoldsUp:
    """The things that go on when what is owed is done: their kind, the path to them, and which of them."""

    kind: str
    path: str
    only: Mapping[str, Any] = field(default_factory=dict)

    @property
    def relation(self) -> str:
        """The relation from a thing to its owner, with which the path begins."""
        return self.path.partition("__")[0]

    def is_held(self, thing: Any) -> bool:
        """Whether this thing, at the end of the path, is one of those that go on."""
        names = {name.removeprefix(f"{self.path}__"): value for name, value in self.only.items()}
        return all(getattr(thing, name) == value for name, value in names.items())


@dataclass(frozen=True)
class BelongsTo:
    """The thing to which things of a subject belong, which its own subject reads together with them.

    name      by which it has the one that belongs to it
    states    in which something is owed on that one
    """

    subject: "TodoSubject"
    name: str
    states: tuple[str, ...]

    def parts_of(self, owners: Iterable[Any]) -> dict[int, Any]:
        """What belongs to these, by its own number, where something may be owed on it."""
        parts = [getattr(owner, self.name, None) for owner in owners if owner.state in self.states]
        return {part.pk: part for part in parts if part is not None}


@dataclass(frozen=True)
class OthersRead:
    """What is read of a thing where something is owed on others: these columns, and not which of these states it has.

    Any other change of the thing has nothing derived anew but what is owed on itself.
    """

    columns: tuple[str, ...]
    equivalent_states: tuple[str, ...]


@dataclass(frozen=True)
class Declaration:
    """Something that can be owed: the `todo` with its dates, and what to do in words."""

    todo: Todo
    label: Any
    is_listed: bool = True


@dataclass(frozen=True)
class TodoRule:
    """Something owed that no transition of the thing does: a signature, feedback, the next step in an upper app.

    `is_open` reads the thing only, and what `TodoSubject.things` fetched with it. `requires` as on a transition.
    """

    todo: Todo
    is_open: Callable[[Any, Deadlines], bool] = _always
    requires: tuple[Requirement, ...] = ()


@dataclass(frozen=True)
class Reminder(TodoRule):
    """A mail on certain days, of what is not done in the portal: it stands on no to-do page."""


@dataclass(frozen=True)
class TodoSubject:
    """Things of one kind on which something is owed.

    things    those that may owe something, with all that their requirements and rules read: the number of
              queries does not grow with the number of things
    group     the heading under which its items stand
    rules     what is owed beside the `todo` of its transitions
    states    the states of its things, where several subjects share a kind; empty: all
    permission  the read permission by which people see what is owed: whoever waits for it may not see the thing itself
    label     the name of a thing
    zone      the IANA time zone whose calendar its due dates follow
    shown     those with what their labels read, where that is more than `label_columns` of the model
    with_links  adds to those shown what the links read that lead to what is owed
    read_for  the codes whose links read a thing itself: for all others names and links read nothing but its number
              and the one that it is named by. None: all read it
    named_by  the path of one step to the thing whose name and days are its own too, read once for all that it names
    belongs_to  the thing with which it is read, and through which all else is
    others_read  what others read of its things, where that is less than everything
    holds_up  which things go on when it is done, where it is not the thing itself (an exchange, for its documents)
    inputs    other kinds whose rows its requirements and rules read: kind -> paths from the thing to such a row;
              no path: every thing reads it. The rows of a many-to-many relation, as `profiles.profile_types`: the
              paths to the row that declares it
    """

    kind: str
    group: Any
    things: Callable[[], VisibleQuerySet]
    rules: tuple[TodoRule, ...] = ()
    states: tuple[str, ...] = ()
    permission: str = "see"
    label: Callable[[Any], str] = str
    zone: Callable[[Any], str] = lambda _thing: "UTC"
    shown: Callable[[], VisibleQuerySet] | None = None
    with_links: Callable[[VisibleQuerySet], VisibleQuerySet] = lambda rows: rows
    read_for: tuple[str, ...] | None = None
    name_path: str = ""
    belongs_to: BelongsTo | None = None
    others_read: OthersRead | None = None
    holds_up: HoldsUp | None = None
    inputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def model(self) -> type[StatefulModel]:
        found: type[StatefulModel] = apps.get_model(self.kind)
        return found

    @cached_property
    def things_by(self) -> CompiledOnce:
        """Those of its things for which one of these ids stands at the end of this path."""
        return compiled_once(lambda path, *, ids: self.things().filter(**{f"{path}__in": ids}).order_by())

    @cached_property
    def compiled_queries(self) -> dict[tuple[str, str], Any]:
        """What `cxc.todo.dependents` has compiled for it, by kind and path."""
        return {}

    @cached_property
    def _owners(self) -> Any:
        """The model of the owners of its things; None where these belong to nothing."""
        return None if self.holds_up is None else self.model._meta.get_field(self.holds_up.relation).related_model

    def owner_of(self, thing: Any) -> tuple[str, int]:
        """What the thing belongs to, by kind and id: of a document its exchange; itself where it belongs to nothing."""
        if self.holds_up is None:
            return self.kind, thing.pk
        return self.owner_kind, getattr(thing, f"{self.holds_up.relation}_id")

    @property
    def owner_kind(self) -> str:
        """The kind of what its things belong to; their own where they belong to nothing."""
        return self.kind if self.holds_up is None else kind_of(self._owners)

    def owner_through(self, held: Any) -> tuple[str, int]:
        """The owner of those of its things that hold up this one."""
        assert self.holds_up is not None
        _relation, _, back = self.holds_up.path.partition("__")
        column = self._owners._meta.get_field(back).field.attname if back else "pk"
        return self.owner_kind, getattr(held, column)

    def permission_of(self, todo: Todo) -> str:
        """The read permission on a thing by which people see that this is owed on it."""
        return todo.permission or self.permission

    def seen_by(self, actor: Actor) -> VisibleQuerySet:
        """Those of its things on which the actor sees what is owed, by anybody, where the `todo` asks for no more."""
        return self.things().visible_to(actor, self.permission)

    @cached_property
    def transitions(self) -> Sequence[Transition]:
        """The transitions whose source is one of the states of its things."""
        declared = transitions_of(self.model).values()
        return [one for one in declared if not self.states or set(one.source) & set(self.states)]

    def declarations(self) -> list[Declaration]:
        """Everything that can be owed on its things: by transitions, by the fixes of requirements, by rules."""
        found = [one for declared in self.transitions for one in self._of(declared)]
        for rule in self.rules:
            found += [
                Declaration(rule.todo, rule.todo.label, is_listed=not isinstance(rule, Reminder)),
                *_of_fixes(rule.todo, rule.requires),
            ]
        found += [_of_escalation(one) for one in found if one.todo.escalate is not None]
        return list({one.todo.code: one for one in reversed(found)}.values())[::-1]

    def _of(self, declared: Transition) -> list[Declaration]:
        required = registry.requirements_of(self.kind, declared)
        return [
            one
            for todo in declared.todos
            for one in (*_of_fixes(todo, required), *_of_itself(todo, todo.label or declared.label))
        ]


_subjects: list[TodoSubject] = []
_columns: dict[str, tuple[str, ...]] = {}


def register(*subjects: TodoSubject) -> None:
    """Add the subjects of an app. Called when the app is ready."""
    _subjects.extend(one for one in subjects if one not in _subjects)
    by_code.cache_clear()


def watch_columns(kind: str, *columns: str) -> None:
    """Limit the update trigger of a kind to these columns: a change of others asks for nothing."""
    _columns[kind] = columns


def columns_read(kind: str) -> tuple[str, ...]:
    """The columns whose change asks for the to-do to be derived anew; empty: any."""
    return _columns.get(kind, ())


def others_read(kind: str) -> OthersRead | None:
    """What others read of things of this kind; None: everything."""
    return next((one.others_read for one in subjects_of(kind)), None)


def subjects() -> Sequence[TodoSubject]:
    """All of them, in the order of the apps."""
    return tuple(_subjects)


def subjects_of(*kinds: str) -> list[TodoSubject]:
    """Those whose things are of these kinds."""
    return [one for one in _subjects if one.kind in kinds]


def owner_kinds(kinds: Iterable[str]) -> list[str]:
    """The kinds of what things of these kinds belong to, each once."""
    return list(dict.fromkeys(one.owner_kind for one in subjects_of(*kinds)))


def zone_of(thing: StatefulModel) -> str:
    """The IANA time zone whose calendar the due dates of a thing follow."""
    return next((one.zone(thing) for one in subjects_of(kind_of(thing))), "UTC")


def with_dates_of(fix: Todo, todo: Todo) -> Todo:
    """What a fix owes, by the day of the transition and with its reminders, where it has none of its own."""
    if fix.due is not None or todo.due is None:
        return fix
    return replace(fix, due=todo.due, remind=fix.remind or todo.remind, text=fix.text or todo.text)


def escalated(todo: Todo, escalation: Escalation) -> Todo:
    """What others are asked to do once it is overdue."""
    return Todo(
        escalation.code,
        escalation.to,
        escalation.label,
        due=todo.due,
        page=escalation.page,
        anchor=escalation.anchor,
        since=todo.since,
        queue_by=todo.queue_by,
        permission=todo.permission,
        blocks=False,
    )


def _of_itself(todo: Todo, label: Any) -> list[Declaration]:
    return [Declaration(todo, label)] if todo.owed_by else []


def _of_fixes(todo: Todo, required: Iterable[Requirement]) -> list[Declaration]:
    if todo.while_unmet:
        return []
    fixes = [(need, need.fix.todo) for need in required if need.fix is not None and need.fix.todo is not None]
    return [Declaration(with_dates_of(fix, todo), fix.label or need.title) for need, fix in fixes]


def _of_escalation(one: Declaration) -> Declaration:
    assert one.todo.escalate is not None
    todo = escalated(one.todo, one.todo.escalate)
    return Declaration(todo, todo.label)


@cache
def by_code() -> dict[str, tuple[TodoSubject, Declaration]]:
    """Everything that can be owed, by its code."""
    return {one.todo.code: (subject, one) for subject in subjects() for one in subject.declarations()}
