"""What everybody owes, stored; and what is to be derived anew."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import ORGANISATION_SIDES, PARTNERSHIP_SIDES, PERSON_SIDES, Actor, Principal, Side

# A principal that is one body only (the Support Office) has no row, and no primary key.
NO_ID = 0
# What is owed on which thing, whoever owes it: kind, id and code.
TaskKey = tuple[str, int, str]


class TodoItemQuerySet(models.QuerySet["TodoItem"]):
    """Items and whom they are for."""

    def on(self, keys: Iterable[tuple[str, int]]) -> "TodoItemQuerySet":
        """The items of these things, given by kind and number."""
        return self.filter(named_by(keys))

    def visible_at(self, now: Any) -> "TodoItemQuerySet":
        """What is owed at this moment (UTC)."""
        begun = Q(visible_from__isnull=True) | Q(visible_from__lte=now)
        return self.filter(begun, Q(visible_until__isnull=True) | Q(visible_until__gt=now))

    def overdue_at(self, now: Any) -> "TodoItemQuerySet":
        """Those of them whose day is over."""
        return self.visible_at(now).filter(overdue_from__lte=now)

    def in_order(self) -> "TodoItemQuerySet":
        """The soonest first, then by queue and waiting time."""
        return self.order_by(
            F("due").asc(nulls_last=True), F("queue_day").asc(nulls_last=True), F("since").asc(nulls_first=True), "pk"
        )


class TodoItem(models.Model):
    """One thing that one party owes. Ids, codes and moments only: texts and rights are looked up on reading.

    `owner_kind` and `owner_id` name what the thing belongs to: of a document its exchange; else the thing itself.
    `principal` and `principal_id` name the party: an organisation, a Partnership, the Support Office, or a person.
    `due` is a local date of the thing's zone; moments are UTC. `conflict_id`: the organisation whose members can't.
    Derived from the declarations (`cxc.todo.derive`) and never edited: `cxc.todo.reconcile` writes it.
    """

    PERSON: ClassVar = "person"

    kind = models.CharField(_("kind of thing"), max_length=60)
    thing_id = models.BigIntegerField(_("id of the thing"))
    code = models.CharField(_("what is owed"), max_length=60)
    owner_kind = models.CharField(_("kind of what the thing belongs to"), max_length=60)
    owner_id = models.BigIntegerField(_("id of what the thing belongs to"))
    side = models.CharField(_("side"), max_length=20, choices=Side.choices)
    principal = models.CharField(_("kind of party"), max_length=20)
    principal_id = models.BigIntegerField(_("id of the party"))
    due = models.DateField(_("due"), null=True)
    queue_day = models.DateField(_("day by which a queue is ordered"), null=True)
    since = models.DateTimeField(_("waiting since"), null=True)
    visible_from = models.DateTimeField(_("owed from"), null=True)
    visible_until = models.DateTimeField(_("owed until"), null=True)
    overdue_from = models.DateTimeField(_("late from"), null=True)
    conflict_id = models.BigIntegerField(_("organisation whose members can't do it"), default=NO_ID)

    objects: ClassVar = TodoItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("to-do item")
        verbose_name_plural = _("to-do items")
        indexes: ClassVar = [
            models.Index(fields=["principal", "principal_id", "due"], name="todo_of_party"),
            models.Index(fields=["code", "due"], name="todo_by_day"),
            models.Index(fields=["kind", "overdue_from"], name="todo_overdue"),
            models.Index(fields=["owner_kind", "owner_id"], name="todo_of_owner"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "thing_id", "code", "principal", "principal_id"], name="one_item_for_each_party"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.thing_id}"

    @property
    def key(self) -> tuple[str, int]:
        """Its thing, by kind and id."""
        return self.kind, self.thing_id

    @property
    def owner(self) -> tuple[str, int]:
        """What its thing belongs to, by kind and id."""
        return self.owner_kind, self.owner_id

    @property
    def task_key(self) -> TaskKey:
        return self.kind, self.thing_id, self.code

    def is_overdue_at(self, now: datetime) -> bool:
        """Whether its day is over at this moment (UTC)."""
        return self.overdue_from is not None and self.overdue_from <= now


class ReconcileRequest(models.Model):
    """A row that changed: what depends on it is to be derived anew.

    Written by database triggers in the transaction of the change (`cxc.todo.triggers`), removed in the one that
    derived it anew. `thing_id` None: all rows of the kind. `names_subject`: only the items of this thing itself.
    `asked_at`: real time, whatever the portal's clock says.
    """

    kind = models.CharField(max_length=60)
    thing_id = models.BigIntegerField(null=True)
    transaction_id = models.BigIntegerField()
    names_subject = models.BooleanField(default=False)
    asked_at = models.DateTimeField(db_default=Now())  # clock: real time

    class Meta:
        verbose_name = _("request to derive the to-do anew")
        verbose_name_plural = _("requests to derive the to-do anew")
        indexes: ClassVar = [models.Index(fields=["transaction_id"], name="reconcile_of_transaction")]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_id or ''}"


def kinds_and_ids(keys: Iterable[tuple[str, int]]) -> dict[str, list[Any]]:
    """The kinds and the numbers of these things, for a query whose SQL is the same for any of them.

    It finds things of one kind with the number of another, too: who asks leaves them out.
    """
    pairs = list(keys)
    return {"kinds": sorted({kind for kind, _pk in pairs}), "ids": sorted({pk for _kind, pk in pairs})}


def named_by(keys: Iterable[tuple[str, int]]) -> Q:
    """The rows that name one of these things, as items and events do; none for no key."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, pk in keys:
        ids[kind].add(pk)
    found = Q(pk__in=[])
    for kind, pks in ids.items():
        found |= Q(kind=kind, thing_id__in=pks)
    return found


def by_task(items: Iterable[Any]) -> dict[TaskKey, list[Any]]:
    """The items of all who owe the same, in the order in which they come."""
    grouped: dict[TaskKey, list[Any]] = defaultdict(list)
    for item in items:
        grouped[item.task_key].append(item)
    return grouped


@dataclass(frozen=True)
class OwedBy:
    """What the principal of the actor owes, and the person, by these codes; nobody who has a conflict of interest.

    parties  kinds and ids of the party, as items name them; a person's own is theirs by any code
    """

    parties: frozenset[tuple[str, int]]
    organisations: frozenset[int]
    codes: frozenset[str]

    @classmethod
    def actor(cls, actor: Actor, codes: Iterable[str]) -> "OwedBy":
        """What waits for this actor, who is signed in."""
        parties = {(str(actor.principal), actor.principal_id or NO_ID)}
        if actor.user is not None:
            parties.add((TodoItem.PERSON, actor.user.pk))
        return cls(frozenset(parties), actor.organisations, frozenset(codes))

    @property
    def condition(self) -> Q:
        """The condition on stored items."""
        mine = reduce(or_, [Q(principal=kind, principal_id=pk) for kind, pk in sorted(self.parties)])
        open_to = Q(code__in=sorted(self.codes)) | Q(principal=TodoItem.PERSON)
        return mine & open_to & ~Q(conflict_id__in=self.organisations)

    def includes(self, item: TodoItem) -> bool:
        """The same of an item that has been read."""
        is_mine = (item.principal, item.principal_id) in self.parties and item.conflict_id not in self.organisations
        return is_mine and (item.code in self.codes or item.principal == TodoItem.PERSON)


def party_on(side: Side) -> str:
    """What kind of party stands on this side: the value of `TodoItem.principal`."""
    if side in PERSON_SIDES:
        return TodoItem.PERSON
    if side in ORGANISATION_SIDES:
        return Principal.ORGANISATION
    return Principal.PARTNERSHIP if side in PARTNERSHIP_SIDES else Principal.SUPPORT_OFFICE
