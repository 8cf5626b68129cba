"""The outbox: a mail is a row first, and is sent after the commit."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Side
from cxc.core.choice_words import ChoiceWords
from cxc.core.email_addresses import AddressField


class Mail(ChoiceWords):
    """One message to one address. `key` makes a reminder go out once, whoever asks how often.

    body     the words without greeting, address and footer; of a mail that was just written, it is not stored
    to_side  the side of the thing on which the reader was written to, for `to_organisation_id` or `to_partnership_id`
    """

    body = ""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENDING = "sending", _("Sending")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    key = models.CharField(_("key"), max_length=200, unique=True, null=True, blank=True)
    to_address = AddressField(_("to"))
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField("HTML", blank=True)
    unsubscribe = models.URLField(
        _("address that stops it"), blank=True, help_text=_("For mails that somebody asked for: one POST stops them.")
    )
    reply_to = models.CharField(_("answers go to"), max_length=320, blank=True)
    to_side = models.CharField(_("side"), max_length=20, choices=Side.choices, blank=True)
    to_organisation_id = models.BigIntegerField(null=True, blank=True, editable=False)
    to_partnership_id = models.BigIntegerField(null=True, blank=True, editable=False)
    is_message = models.BooleanField(_("written by a person"), default=False)
    about_kind = models.CharField(_("about"), max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    is_private = models.BooleanField(
        _("for its reader alone"),
        default=False,
        help_text=_("It opens an account: nobody else reads its words, and they are erased once it is sent."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    try_after = models.DateTimeField(_("try after"), default=clock.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["status", "try_after"], name="mail_waiting"),
            models.Index(fields=["about_kind", "about_id"], name="mail_about"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(to_organisation_id=None) | models.Q(to_partnership_id=None),
                name="mail_to_one_principal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_address}: {self.subject}"
