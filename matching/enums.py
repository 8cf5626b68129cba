"""The words of who meets whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatchState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (MatchState.PROPOSED, MatchState.CONFIRMED)


class Answer(models.TextChoices):
    NONE = "none", _("No answer yet")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class PlanScope(models.TextChoices):
    """Who is matched with whom in one plan."""

    VISITORS = "visitors", _("Our visitors, with every host")
    HOSTS = "hosts", _("Our hosts, with every visitor")
    EVERYBODY = "everybody", _("Everybody")
    ONE_HOST = "one_host", _("One host, with every visitor")


class PlanMethod(models.TextChoices):
    GREATEST_TOTAL = "greatest", _("Greatest total fit")
    NOBODY_SWAPS = "stable", _("No pair would rather swap")


class PlanStage(models.TextChoices):
    """How far a plan is; worked out from what is known of it, never stored."""

    WAITING = "waiting", _("Being made")
    FAILED = "failed", _("Failed")
    DRAFT = "draft", _("Draft")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
