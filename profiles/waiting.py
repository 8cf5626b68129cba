"""Everything that waits for a person, for each body that they act for: what calendar and weekly mail tell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cxc.access.scoped import Actor
from cxc.core.links import absolute
from cxc.todo import Dated, TodoItem, dates_for, items_for
from cxc.todo.duties import Frame
from profiles.models import User
from profiles.queries.principals import actor_of, available_principals, link_as_principal


@dataclass(frozen=True)
class Waiting:
    """What waits for a person acting for one body; `label` names it. Addresses are full ones."""

    label: str
    items: list[TodoItem]
    dates: list[Dated]


def waiting_for(person: User, *, with_dates: bool = False) -> list[Waiting]:
    """For each body, in the language of the moment; a constant number of queries for each body."""
    frame, principals = Frame(), available_principals(person)
    actors = [(principal.key, actor_of(person, principal.key)) for principal in principals] or [("", actor_of(person))]
    told: set[str] = set()
    return [
        Waiting(
            str(actor.label),
            [
                replace(item, url=absolute(link_as_principal(key, item.url, principals)))
                for item in _new(actor, frame, told)
            ],
            [
                replace(one, url=absolute(link_as_principal(key, one.url, principals)))
                for one in _dates(actor, told, with_dates)
            ],
        )
        for key, actor in actors
    ]


def _new(actor: Actor, frame: Frame, told: set[str]) -> Iterator[TodoItem]:
    """What was not told for another body already: an invitation is the person's, a duty may be several bodies'."""
    for item in items_for(actor, frame):
        name = item.key or f"{item.name}-{item.thing}"
        if name not in told:
            told.add(name)
            yield item


def _dates(actor: Actor, told: set[str], with_dates: bool) -> Iterator[Dated]:
    for one in dates_for(actor) if with_dates else []:
        if one.key not in told:
            told.add(one.key)
            yield one
