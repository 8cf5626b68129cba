"""What the page of a record shows of its messages, and of the mails that the portal sent about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from cxc.access.actor_kinds import ActorKind, kind_of_actor, values_of
from cxc.access.scoped import Actor, Principal
from cxc.comms.models import Mail
from cxc.core.compiled_queries import compiled_once
from cxc.core.related_rows import set_prefetched_of_all
from cxc.messaging.automatic_mails import STATUS_LABELS, automatic_mails
from cxc.messaging.models import Message, MessageParty
from cxc.messaging.subjects import MessageSubject, sides_on
from cxc.workflow.transitions import kind_of


@dataclass(frozen=True)
class ListedMail:
    """A mail without its address. `to`: the side to which it went."""

    mail: Mail
    to: str
    status: Any


@dataclass(frozen=True)
class ListedMessage:
    """A message as somebody may see it. `to`: the names of those who were written to, or only their sides."""

    message: Message
    to: list[str]


@dataclass(frozen=True)
class Overview:
    """The messages about one record that a person may read."""

    subject: MessageSubject
    thing: Any
    actor: Actor

    @property
    def url(self) -> str:
        """Of the page with all of them; a POST begins a message."""
        return reverse("messages_about", args=[self.subject.kind, self.thing.pk])

    @property
    def may_write(self) -> bool:
        return bool(sides_on(self.subject, self.thing, self.actor))

    @property
    def may_read_mails(self) -> bool:
        """Whether the portal may have sent mails about it of which the actor may know (`automatic_mails`)."""
        return self.actor.principal in {Principal.ORGANISATION, Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE}

    @property
    def messages(self) -> "QuerySet[Message]":
        return _with_people(Message.objects.about(self.thing).visible_to(self.actor))

    @property
    def mails(self) -> "QuerySet[Mail]":
        return automatic_mails(self.subject, self.thing, self.actor)


def page_of(rows: Any, per_page: int, number: str | None, actor: Actor) -> Page:
    """One page, each row as the actor may see it."""
    page = Paginator(rows, per_page).get_page(number)
    page.object_list = [_listed(row, actor) for row in page.object_list]
    return page


@dataclass(frozen=True)
class Newest:
    """The newest rows, each as the actor may see it, and how many there are in all."""

    rows: list[Any]
    number: int

    @property
    def has_more(self) -> bool:
        return self.number > len(self.rows)


def newest_messages(overview: Overview, most: int) -> Newest:
    """So many at most, counted and read in one query."""
    actor, thing = overview.actor, overview.thing
    found = _newest(kind_of_actor(actor), most, kind=kind_of(thing), pk=thing.pk, **values_of(actor))
    # As `_with_people` prefetches them.
    set_prefetched_of_all(found, "parties", _parties(messages=[one.pk for one in found]) if found else ())
    return Newest([_listed(row, actor) for row in found], found[0].number_in_all if found else 0)


@compiled_once
def _newest(by: ActorKind, most: int, *, kind: str, pk: int, **actor_values: Any) -> "QuerySet[Message]":
    about = Message.objects.filter(about_kind=kind, about_id=pk).visible_to(by.actor(**actor_values))
    return about.select_related("written_by").annotate(number_in_all=Window(Count("pk")))[:most]


@compiled_once
def _parties(*, messages: Sequence[int]) -> "QuerySet[MessageParty]":
    return MessageParty.objects.filter(message__in=messages).select_related("person")


def _with_people(messages: "QuerySet[Message]") -> "QuerySet[Message]":
    return messages.select_related("written_by").prefetch_related("parties__person")


def _listed(row: Any, actor: Actor) -> ListedMail | ListedMessage:
    return _listed_mail(row) if isinstance(row, Mail) else ListedMessage(row, _readers(row, actor))


def _readers(message: Message, actor: Actor) -> list[str]:
    """A reader does not learn who else was written to on a side, such as the other visitors of a visit."""
    writer = message.writer
    names_all = actor.principal is Principal.SUPPORT_OFFICE or (writer is not None and _is_own(writer, actor))
    own_sides = {party.side for party in message.readers if _is_own(party, actor)}
    names = [
        _named(party) if names_all or _is_own(party, actor) else _side_name(party, own_sides)
        for party in message.readers
    ]
    return list(dict.fromkeys(names))


def _side_name(party: MessageParty, own_sides: set[str]) -> str:
    """The side alone; beside the reader's own name it says that these are others of that side."""
    side = str(party.get_side_display())
    return _("%(side)s (others)") % {"side": side} if party.side in own_sides else side


def _is_own(party: MessageParty, actor: Actor) -> bool:
    of_actor = {Principal.ORGANISATION: party.organisation_id, Principal.PARTNERSHIP: party.partnership_id}
    return actor.principal_id is not None and of_actor.get(actor.principal) == actor.principal_id


def _named(party: MessageParty) -> str:
    person = party.person.full_name if party.person is not None else ""
    name = f"{person}, {party.label}" if person else party.label
    return f"{name} ({party.get_side_display()})"


def _listed_mail(mail: Mail) -> ListedMail:
    return ListedMail(mail, str(mail.get_to_side_display()) if mail.to_side else "–", STATUS_LABELS[mail.status])
