"""The bulk actions; each app registers its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import QuerySet

from cxc.access.scoped import SIDES_OF, Actor, Principal, Side, VisibleQuerySet
from cxc.todo.subjects import TodoSubject, subjects
from cxc.workflow import StatefulModel, Transition, available_transition, perform, transitions_of
from cxc.workflow.execution import not_allowed, sides_that_may, wrong_state

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User


@dataclass(frozen=True)
class BulkInput:
    """What was entered for an item: the cleaned values of the form, the reason; in which run, and whether alone."""

    values: Mapping[str, Any]
    reason: str
    run_id: int
    is_single: bool = False


@dataclass(frozen=True)
class BulkAction:
    """An action that can be carried out on each of many items of one kind.

    code      names it in addresses and stored runs
    carry_out does it with one item, or raises Refused: item, actor, what was entered
    sides     who may do it; an item on which the actor has none of them is refused
    accepts_comment  whether the person may add a comment where no reason is required
    form      what is entered, made with `data`, `initial`, `prefix`, `thing` and `actor`; None: nothing is
    name_of   the name of an item; None: as the to-do page says it
    shared_form  whether the form is filled in once for all items, not for each of them; its `thing` is then None
              where there are several
    check_mails  called with the person and the number of mails of a run; refuses where they are too many
    done_text  the sentence that says for how many items it was done; None: a general one
    initial   the initial values of the form for an item, as JSON
    paths_to_rows  kind of a list's rows → lookup from an item to such a row; a list of the items themselves needs none
    queryset  the items with all that labels, sides and the form read, where that is more than `label_columns`
    permission  the read permission without which an item can't be selected
    transition  the one that it performs, where it is always the same
    """

    code: str
    label: Any
    kind: str
    carry_out: Callable[[Any, Actor, "BulkInput"], object]
    sides: tuple[Side, ...]
    accepts_comment: bool = True
    form: Callable[..., Any] | None = None
    initial: Callable[[Any], Mapping[str, Any]] = lambda _thing: {}
    paths_to_rows: Mapping[str, str] = field(default_factory=dict)
    queryset: Callable[[], VisibleQuerySet] | None = None
    permission: str = "see"
    transition: str = ""
    name_of: Callable[[Any], str] | None = None
    shared_form: bool = False
    check_mails: "Callable[[User, int], None] | None" = None
    done_text: Callable[[int], str] | None = None

    @property
    def model(self) -> type[StatefulModel]:
        found: type[StatefulModel] = apps.get_model(self.kind)
        return found

    def may_be_used_by(self, actor: Actor) -> bool:
        """Whether this actor can stand on a side that may do it."""
        return actor.may_write and bool(SIDES_OF.get(actor.principal, frozenset()) & set(self.sides))

    def takes_rows_of(self, kind: str) -> bool:
        """Whether rows of this kind have items of the action."""
        return kind in {self.kind, *self.paths_to_rows}

    def items_of_rows(self, rows: QuerySet) -> VisibleQuerySet:
        """The items that belong to these rows of a list."""
        return self.model.objects.filter(**{f"{self._path_to(rows)}__in": rows.order_by().values("pk")})

    def count_rows(self, items: QuerySet, rows: QuerySet) -> int:
        """On how many of these rows there is one of the items."""
        return int(items.order_by().values(self._path_to(rows)).distinct().count())

    def _path_to(self, rows: QuerySet) -> str:
        """The path from an item to its row."""
        kind = rows.model._meta.label_lower
        return "pk" if kind == self.kind else self.paths_to_rows[kind]

    def load(self, ids: Iterable[int], actor: Actor) -> dict[int, Any]:
        """Those of these items that the actor may see, by primary key, with what labels, sides and the form read."""
        rows = self.queryset() if self.queryset is not None else self.model.objects.with_labels()
        return {thing.pk: thing for thing in rows.filter(pk__in=set(ids)).visible_to(actor, self.permission)}

    def label_of(self, item: Any) -> str:
        """The name of one item."""
        return str((self.name_of or _subject(self.kind).label)(item))


def _subject(kind: str) -> TodoSubject:
    return next(one for one in subjects() if one.kind == kind)


def by_transition(
    kind: str,
    *names: str,
    code: str = "",
    label: Any = None,
    arguments: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]] = lambda _thing, values: values,
    **more: Any,
) -> BulkAction:
    """The action that performs a transition: of several, the first whose source includes the item's state.

    `arguments`: what the transition is called with, from the item and the values of the form.
    """
    model: type[StatefulModel] = apps.get_model(kind)
    declared = [transitions_of(model)[name] for name in names]

    def carry_out(thing: Any, actor: Actor, entered: BulkInput) -> object:
        name = _first_available(declared, thing, actor)
        return perform(thing, name, by=actor, reason=entered.reason, **arguments(thing, entered.values))

    first = declared[0]
    return BulkAction(
        code=code or f"{kind.partition('.')[2]}-{first.name}",
        label=label or first.label,
        kind=kind,
        carry_out=carry_out,
        sides=tuple(dict.fromkeys(may.side for one in declared for may in one.sides)),
        transition=first.name if len(declared) == 1 else "",
        **more,
    )


def _first_available(declared: Sequence[Transition], thing: StatefulModel, actor: Actor) -> str:
    """Of transitions that begin at the same state, the first whose button would show; refused where there is none."""
    from_here = [one for one in declared if thing.state in one.source]
    if not from_here:
        raise wrong_state(declared[0], thing)
    own = [one for one in from_here if sides_that_may(one, thing, actor)]
    if not own:
        raise not_allowed(from_here[0])
    return next((one.name for one in own if not _is_hidden(one, thing, actor)), own[0].name)


def _is_hidden(declared: Transition, thing: StatefulModel, actor: Actor) -> bool:
    available = available_transition(thing, actor, declared.name) if declared.hides_when else None
    return available is not None and available.is_hidden


ActionFactory = Callable[[str], BulkAction | None]

_actions: dict[str, BulkAction] = {}
_factories: dict[str, ActionFactory] = {}


def register(*actions: BulkAction) -> None:
    """Add actions; called when the app is ready."""
    _actions.update({one.code: one for one in actions})


def action_factory(prefix: str) -> Callable[[ActionFactory], ActionFactory]:
    """Register a function that makes the actions whose codes begin like this, from the rest of the code."""

    def remember(make: ActionFactory) -> ActionFactory:
        _factories[prefix] = make
        return make

    return remember


def action_of(code: str) -> BulkAction | None:
    """The action of this code; None where there is none."""
    prefix = next((prefix for prefix in _factories if code.startswith(prefix)), None)
    return _actions.get(code) if prefix is None else _factories[prefix](code.removeprefix(prefix))


def actions_for(kind: str, actor: Actor) -> list[BulkAction]:
    """What coordinators and the Support Office can do with many rows of this kind, as it was registered."""
    if actor.principal not in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE}:
        return []
    return [one for one in _actions.values() if one.takes_rows_of(kind) and one.may_be_used_by(actor)]
