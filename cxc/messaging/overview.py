"""What the page of a record shows of its messages, and of the mails that the portal sent about it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.messaging.automatic_mails import STATUS_LABELS, automatic_mails
from cxc.messaging.models import Message
from cxc.messaging.subjects import MessageSubject, sides_on


@dataclass(frozen=True)
class ListedMail:
    """A mail without its address. `to`: the side to which it went."""

    mail: Mail
    to: str
    status: Any


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
    def messages(self) -> "QuerySet[Message]":
        found = Message.objects.about(self.thing).visible_to(self.actor)
        return found.select_related("written_by").prefetch_related("parties", "parties__person")

    @property
    def mails(self) -> "QuerySet[Mail]":
        return automatic_mails(self.subject, self.thing, self.actor)


def page_of(rows: Any, per_page: int, number: str | None) -> Page:
    """One page; of mails, each as it is listed."""
    page = Paginator(rows, per_page).get_page(number)
    if rows.model is Mail:
        page.object_list = [_listed(mail) for mail in page.object_list]
    return page


def _listed(mail: Mail) -> ListedMail:
    return ListedMail(mail, str(mail.get_to_side_display()) if mail.to_side else "–", STATUS_LABELS[mail.status])
