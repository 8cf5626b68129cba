"""The to-do of a person for everything that they act for, as calendar and weekly mail show it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cxc.access.scoped import Actor
from cxc.core.links import absolute
from cxc.todo import Dated, TodoRow, dates_for, items_for
from cxc.workflow.deadlines import Deadlines
from profiles.models import User
from profiles.queries.principals import actor_of, available_principals, link_as_principal


@dataclass(frozen=True)
class RoleTodo:
    """The to-do of a person who acts for one principal; `label` names it. Addresses are absolute."""

    label: str
    items: list[TodoRow]
    dates: list[Dated]


def todo_across_roles(person: User, *, with_dates: bool = False) -> list[RoleTodo]:
    """For each principal, in the active language, with a constant number of queries for each."""
    deadlines, principals = Deadlines(), available_principals(person)
    actors = [(principal.key, actor_of(person, principal.key)) for principal in principals] or [("", actor_of(person))]
    seen: set[str] = set()
    return [
        RoleTodo(
            str(actor.label),
            [
                replace(item, url=absolute(link_as_principal(key, item.url, principals)))
                for item in _unseen_items(actor, deadlines, seen)
            ],
            [
                replace(one, url=absolute(link_as_principal(key, one.url, principals)))
                for one in _unseen_dates(actor, seen, with_dates)
            ],
        )
        for key, actor in actors
    ]


def _unseen_items(actor: Actor, deadlines: Deadlines, seen: set[str]) -> Iterator[TodoRow]:
    """Items not listed for another principal already: an invitation is the person's, others are owed by several."""
    for item in items_for(actor, deadlines):
        name = item.key or f"{item.name}-{item.thing}"
        if name not in seen:
            seen.add(name)
            yield item


def _unseen_dates(actor: Actor, seen: set[str], with_dates: bool) -> Iterator[Dated]:
    for one in dates_for(actor) if with_dates else []:
        if one.key not in seen:
            seen.add(one.key)
            yield one
