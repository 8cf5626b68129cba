"""Messages: what somebody wrote to other sides of a record, as it was sent."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Scoped, Side, VisibleQuerySet
from cxc.core.choice_words import ChoiceWords
from cxc.core.models.text import FreeTextField, OneLineField
from cxc.workflow.transitions import kind_of

MOST_CHARACTERS = 10_000


class MessageQuerySet(VisibleQuerySet["Message"]):
    """Messages, and those about one record."""

    def about(self, thing: models.Model) -> Self:
        return self.filter(about_kind=kind_of(thing), about_id=thing.pk)


class Message(Scoped):
    """One message about one record, with subject and text as they were sent. Moments are UTC.

    The record is named by value, and so are the organisations and Partnerships that wrote and that were written to
    (`parties`): who joins the record later does not read it. `mails_count` is the number of mails queued for it.
    """

    side_paths: ClassVar = {Side.HOLDER: "parties__organisation_id", Side.PARTNERSHIP: "parties__partnership_id"}
    read_permissions: ClassVar = {"see": (Side.HOLDER, Side.PARTNERSHIP, Side.SO)}

    about_kind = models.CharField(_("about: kind"), max_length=60)
    about_id = models.BigIntegerField(_("about: id"))
    about_label = models.CharField(_("about"), max_length=300)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    subject = OneLineField(_("subject"), max_length=250, printed=False)
    text = FreeTextField(_("text"), max_length=MOST_CHARACTERS, printed=False)
    mails_count = models.PositiveIntegerField(_("mails"), default=0)
    written_at = models.DateTimeField(_("written at"), default=clock.now)

    objects: ClassVar = MessageQuerySet.as_manager()

    if TYPE_CHECKING:  # the related manager
        parties: Any

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["about_kind", "about_id"], name="message_about"),
            models.Index(fields=["written_by", "written_at"], name="message_of_person"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def writer(self) -> "MessageParty | None":
        """For whom it was written."""
        return next((party for party in self.parties.all() if party.is_writer), None)

    @property
    def readers(self) -> "list[MessageParty]":
        return [party for party in self.parties.all() if not party.is_writer]


class MessageParty(ChoiceWords):
    """An organisation, a Partnership or the Support Office that wrote a message or was written to, by value.

    `person` is the one member who was written to, where not all who may write there were.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="parties")
    is_writer = models.BooleanField(default=False)
    side = models.CharField(_("side"), max_length=20, choices=Side.choices)
    organisation_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    partnership_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    label = models.CharField(_("name"), max_length=300)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("party of a message")
        verbose_name_plural = _("parties of a message")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation_id=None) | Q(partnership_id=None), name="message_party_is_one_body"
            ),
            models.CheckConstraint(
                condition=Q(side=Side.SO) | Q(organisation_id__isnull=False) | Q(partnership_id__isnull=False),
                name="message_party_is_somebody",
            ),
            models.UniqueConstraint(
                fields=["message", "is_writer", "side", "organisation_id", "partnership_id", "person"],
                nulls_distinct=False,
                name="message_party_once",
            ),
            models.UniqueConstraint(fields=["message"], condition=Q(is_writer=True), name="message_has_one_writer"),
        ]

    def __str__(self) -> str:
        return self.label
