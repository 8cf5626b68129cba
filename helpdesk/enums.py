"""The words of questions and answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HelpState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("Address not confirmed")
    OPEN = "open", pgettext_lazy("question", "Open")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class AuthorRole(models.TextChoices):
    """Who wrote a message: the person who asks, or who answers."""

    ASKER = "asker", _("Who asks")
    ANSWERER = "desk", _("Who answers")


class Channel(models.TextChoices):
    """By which way a message came."""

    PORTAL = "portal", _("in the portal")
    MAIL = "mail", _("by mail")
