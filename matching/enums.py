"""The words of who meets whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side


class MatchState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (MatchState.PROPOSED, MatchState.CONFIRMED)
# The sides that can propose a match.
INITIATORS = (Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO)


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
    STABLE = "stable", _("No pair would rather swap")


class PlanStage(models.TextChoices):
    """How far a plan is; worked out from what is known of it, never stored."""

    WAITING = "waiting", _("Being made")
    FAILED = "failed", _("Failed")
    DRAFT = "draft", _("Draft")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")


class Criterion(models.TextChoices):
    """What a fit is made of, in the order in which it is added up and shown."""

    TOPICS = "topics", _("What you seek and they offer")
    SECTORS = "sectors", _("Sectors")
    TYPES = "types", _("Types of exchange")
    LANGUAGES = "languages", _("Languages")
    COUNTRIES = "countries", _("Countries you look for")
    PERIOD = "period", _("Days in common")
    TEXT = "text", _("Words of the descriptions")


class Importance(models.TextChoices):
    """How much a criterion matters to a holder. What must be is a condition, and counts like what is important."""

    MUST = "must", _("Must")
    IMPORTANT = "important", _("Important")
    NICE = "nice", _("Nice to have")
    IGNORE = "ignore", _("Ignore")


# A longer overlap, or one more word, can't be demanded: that there are enough days is a condition already.
NO_MUST = frozenset({Criterion.PERIOD, Criterion.TEXT})
CAN_BE_MUST = tuple(criterion for criterion in Criterion if criterion not in NO_MUST)
