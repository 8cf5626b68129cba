"""How a model declares its transitions beside its state field."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django_fsm import GET_STATE, FSMField
from django_fsm import transition as fsm_transition

from cxc.access.scoped import Scoped, Side, VisibleQuerySet
from cxc.workflow.notify import Notify
from cxc.workflow.requirements import Requirement, TransitionContext
from cxc.workflow.todo import Todo

# What `perform` is carrying out at this moment: a transition looks for itself here, and is
# refused when it was called in any other way.
running: ContextVar[TransitionContext | None] = ContextVar("running transition", default=None)


class Allowed:
    """A side that may perform a transition, with what is required of that side alone."""

    def __init__(self, side: Side, *requires: Requirement, reason: bool = False) -> None:
        self.side = side
        self.requires = requires
        self.reason = reason


@dataclass(frozen=True, eq=False)
class Transition:
    """One row of a lifecycle table."""

    name: str
    label: Any
    source: tuple[str, ...]
    targets: tuple[str, ...]
    sides: tuple[Allowed, ...]
    requires: tuple[Requirement, ...]
    invariants: tuple[Requirement, ...]
    external_requirements: tuple[str, ...]
    reason: bool
    silent: bool
    creates: bool
    deletes: bool
    button: bool
    returns: bool = False
    by_signatories: bool = False
    todos: tuple[Todo, ...] = ()
    notify: tuple[Notify, ...] = ()
    hides_when: tuple[Requirement, ...] = ()

    def may(self, side: Side) -> Allowed | None:
        return next((may for may in self.sides if may.side is side), None)

    def wants_reason(self, side: Side) -> bool:
        may = self.may(side)
        return self.reason or (may is not None and may.reason)


def transition(
    field: FSMField | str,
    *,
    label: Any,
    source: str | Sequence[str],
    sides: Iterable[Side | Allowed],
    target: Any = None,
    requires: Sequence[Requirement] = (),
    invariants: Sequence[Requirement] = (),
    external_requirements: Sequence[str] = (),
    reason: bool = False,
    silent: bool = False,
    creates: bool = False,
    deletes: bool = False,
    button: bool = True,
    returns: bool = False,
    by_signatories: bool = False,
    todo: Todo | Sequence[Todo] = (),
    notify: Sequence[Notify] = (),
    hides_when: Sequence[Requirement] = (),
) -> Callable[[Any], Any]:
    """Declare a transition: one of django-fsm's that only `perform`, `create` and `record` can call.

    field       the state field; by its name where the transitions stand in a class of their own
    target      the state after it; None where the state stays; GET_STATE where the row decides
    sides       the sides that may (owner or editor, coordinator), each perhaps with requirements of its own
    requires    what must be true; the same list stops, explains and prints
    invariants  what must still be true after it: a state's requirements outlast its edits
    external_requirements  names of requirements that apps above must add (`registry.block`)
    reason      compulsory for everybody (else per side with `Allowed(side, reason=True)`)
    silent      no event: for edits that save themselves while one types
    creates, deletes  the transition makes or deletes the row
    button      False where the screen reaches it through a form of its own
    returns     it gives the thing back to its author with comments; what is owed on it says so (`cxc.todo.returns`)
    by_signatories  those who may sign for the side perform it, whether or not they may write for it; nobody else
    todo        who owes it, by when: a subset of the sides; several where the sides owe different things
    notify      the mails that follow it
    hides_when  requirements without which the button is not shown at all: it could not help
    """
    sources = (source,) if isinstance(source, str) else tuple(source)

    def declare(method: Any) -> Any:
        declared = Transition(
            name=method.__name__,
            label=label,
            source=tuple(str(state) for state in sources),
            targets=_targets(target),
            sides=tuple(may if isinstance(may, Allowed) else Allowed(may) for may in sides),
            requires=tuple(requires),
            invariants=tuple(invariants),
            external_requirements=tuple(external_requirements),
            reason=reason,
            silent=silent,
            creates=creates,
            deletes=deletes,
            button=button,
            returns=returns,
            by_signatories=by_signatories,
            todos=(todo,) if isinstance(todo, Todo) else tuple(todo),
            notify=tuple(notify),
            hides_when=tuple(hides_when),
        )
        wrap = fsm_transition(
            field,
            source=list(declared.source),
            target=target,
            conditions=[_is_running],
            custom={"transition": declared},
        )
        return wrap(method)

    return declare


def _targets(target: Any) -> tuple[str, ...]:
    if target is None:
        return ()
    if isinstance(target, GET_STATE):
        return tuple(str(state) for state in target.allowed_states or ())
    return (str(target),)


def _is_running(instance: Any) -> bool:
    context = running.get()
    return context is not None and context.thing is instance


class StateField(FSMField):
    """A protected state field; to migrations it is text.

    Their models have no transitions, and looking for some in each of these models took half the time of `migrate`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"protected": True} | kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        del kwargs["protected"]
        return name, "django.db.models.CharField", args, kwargs


def state_field(choices: type[models.TextChoices], default: Any) -> StateField:
    """A protected state field."""
    return StateField(max_length=20, choices=choices.choices, default=default, editable=False)


def state_constraint(name: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """A constraint that allows only the declared states."""
    return models.CheckConstraint(condition=models.Q(state__in=choices.values), name=name)


M = TypeVar("M", bound="StatefulModel", covariant=True)


class StatefulQuerySet(VisibleQuerySet[M]):
    """Refuses the ways in which a state could be written without a transition."""

    def update(self, **kwargs: Any) -> int:
        if "state" in kwargs:
            raise AttributeError("A state changes through cxc.workflow only.")
        return super().update(**kwargs)

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        raise AttributeError("A thing with a lifecycle begins through cxc.workflow only.")

    def bulk_update(self, objs: Any, fields: Any, *args: Any, **kwargs: Any) -> int:
        if "state" in fields:
            raise AttributeError("A state changes through cxc.workflow only.")
        return super().bulk_update(objs, fields, *args, **kwargs)


class StatefulModel(Scoped):
    """A thing with a lifecycle. `locks_first` names the relations locked before its own row.

    `constraint_requirements`: the requirement whose words tell of a database constraint that a
    parallel transition made this one trip over.
    """

    locks_first: ClassVar[tuple[str, ...]] = ()
    constraint_requirements: ClassVar[Mapping[str, Requirement]] = {}
    state: Any

    objects: ClassVar = StatefulQuerySet.as_manager()

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "state" in kwargs:
            raise AttributeError("A state changes through cxc.workflow only.")
        super().__init__(*args, **kwargs)

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        """As Django's; the protected state is dropped first, else its own guard would refuse."""
        names = list(fields or [f.attname for f in self._meta.concrete_fields])
        if "state" in names:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using=using, fields=names, from_queryset=from_queryset)
        if fields is None:
            self._state.fields_cache.clear()

    @property
    def context(self) -> TransitionContext:
        """Within a transition's body: who performs it, when, why."""
        context = running.get()
        if context is None or context.thing is not self:
            raise RuntimeError("Only the body of a transition has a context.")
        return context

    @property
    def moment(self) -> datetime:
        """Within a transition's body: when it happens (UTC); the day it happened when recorded."""
        return self.context.now

    def event_label(self) -> str:
        """The name under which events remember this thing after it is gone."""
        return str(self)

    def take_from(self, other: Self) -> None:
        """Become what `other` is: after a transition the caller's copy is as fresh as the row."""
        self.__dict__.update(other.__dict__)


def kind_of(model: type[models.Model] | models.Model) -> str:
    """The kind under which events name this model: 'exchanges.exchange'."""
    return model._meta.label_lower


@cache
def transitions_of(model: type[StatefulModel]) -> dict[str, Transition]:
    """The model's transitions by name, in the order in which they are declared."""
    declared: dict[str, Transition] = {}
    for klass in _declaring_classes(model):
        for method in vars(klass).values():
            meta = getattr(method, "_django_fsm", None)
            if meta is not None:
                found: Transition = next(iter(meta.transitions.values())).custom["transition"]
                declared[found.name] = found
    return declared


def _declaring_classes(model: type) -> Iterator[type]:
    """The classes that a model is made of, in the order in which it names them, itself last."""
    for base in model.__bases__:
        yield from _declaring_classes(base)
    yield model
