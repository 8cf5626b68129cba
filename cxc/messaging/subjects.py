"""The records about which people write to each other, and which side may write to which; each app registers its own."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from cxc.access.scoped import SIDES_OF, Actor, Scoped, Side, VisibleQuerySet, principals_on
from cxc.comms.recipients import Addressee


@dataclass(frozen=True)
class Placeholder:
    """What a name in braces stands for, and its value for a record."""

    label: Any
    value: Callable[[Any], str]


def _always(_thing: Any, _writer: Side, _reader: Side) -> bool:
    return True


def _nobody(_thing: Any) -> Sequence[Addressee]:
    return ()


@dataclass(frozen=True)
class MessageSubject:
    """Records of one kind about which people write to each other.

    readers       the writer's side → the sides to which it may write
    placeholders  by the name that is written in braces; every reader may know their values
    queryset      the records with all that labels, sides and placeholders read
    may_write_to  whether the writer's side may write to the reader's about this record, where that depends on it
    principals    who stands on a side: writes and is written to
    members       people who can be written to one by one
    mails_of      kinds of what belongs to a record and has its sides, whose mails are listed with its own, with the
                  name of the relation to the record
    partnership_sees_mails  whether a Partnership also sees the portal's mails to the organisation that it looks after
    """

    kind: str
    readers: Mapping[Side, tuple[Side, ...]]
    placeholders: Mapping[str, Placeholder]
    queryset: Callable[[], VisibleQuerySet]
    may_write_to: Callable[[Any, Side, Side], bool] = _always
    principals: Callable[[Any, Side], Collection[int]] = principals_on
    members: Callable[[Any], Sequence[Addressee]] = _nobody
    mails_of: Mapping[str, str] = field(default_factory=dict)
    partnership_sees_mails: bool = True

    @property
    def model(self) -> type[Scoped]:
        found: type[Scoped] = apps.get_model(self.kind)
        return found


_subjects: dict[str, MessageSubject] = {}


def add_subject(subject: MessageSubject) -> None:
    """Remember it; `cxc.messaging.bulk.register_subject` also makes its action."""
    _subjects[subject.kind] = subject


def subject_of(kind: str) -> MessageSubject | None:
    """The subject of this kind; None where nobody writes about such records."""
    return _subjects.get(kind)


def sides_for(subject: MessageSubject, actor: Actor) -> list[Side]:
    """The sides to which the actor may write about some record of this kind."""
    return _readers(subject, SIDES_OF.get(actor.principal, ()))


def sides_on(subject: MessageSubject, thing: Any, actor: Actor) -> list[Side]:
    """The sides of this record to which the actor may write, and on which there is somebody else."""
    if not actor.may_write:
        return []
    own = own_sides(subject, thing, actor)
    return [
        side
        for side in _readers(subject, own)
        if principals_to_write_to(subject, thing, side, actor) and _is_allowed(subject, thing, own, side)
    ]


def principals_to_write_to(subject: MessageSubject, thing: Any, side: Side, actor: Actor) -> set[int]:
    """The organisations or Partnerships on this side, without the actor's own."""
    found = set(subject.principals(thing, side))
    return found - {actor.principal_id} if side in SIDES_OF.get(actor.principal, ()) else found


def own_sides(subject: MessageSubject, thing: Any, actor: Actor) -> list[Side]:
    """The sides for which the actor may write: who no longer takes part is on none."""
    possible = SIDES_OF.get(actor.principal, frozenset()) & set(subject.readers)
    return sorted(side for side in possible if side is Side.SO or actor.principal_id in subject.principals(thing, side))


def _readers(subject: MessageSubject, own: Iterable[Side]) -> list[Side]:
    found = {reader for side in own for reader in subject.readers.get(side, ())}
    return [side for side in Side if side in found]


def _is_allowed(subject: MessageSubject, thing: Any, own: Iterable[Side], reader: Side) -> bool:
    return any(reader in subject.readers[writer] and subject.may_write_to(thing, writer, reader) for writer in own)
