"""What was written on a question, by whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from helpdesk.enums import AuthorRole, Channel
from helpdesk.models.requests import HelpRequest


class HelpMessage(models.Model):
    """One message of a thread. `written_for` names the body for which an answer was given, by value.

    `message_id` is the Message-ID of a mail, so that one taken in twice stands here once.
    """

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="messages")
    author_role = models.CharField(_("role of the author"), max_length=10, choices=AuthorRole.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_for = models.CharField(_("written for"), max_length=300, blank=True)
    text = models.TextField(_("text"), max_length=10_000)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.PORTAL)
    message_id = models.CharField(max_length=250, unique=True, null=True, blank=True, editable=False)
    written_at = models.DateTimeField(_("written at"), default=clock.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(author_role__in=AuthorRole.values), name="help_author_role_exists"
            ),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="help_channel_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.request.number}, {self.written_at:%Y-%m-%d %H:%M}"

    @property
    def is_answer(self) -> bool:
        return self.author_role == AuthorRole.ANSWERER
