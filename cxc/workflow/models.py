"""Who changed what from which state to which, and why."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.core.choice_words import ChoiceWords
from cxc.core.models.text import FreeTextField
from cxc.core.sanitise import LONG


class StateEvent(ChoiceWords):
    """One transition of one thing. Written with it; a database trigger refuses change and removal.

    The thing is named by value, so that its history outlives it. The person is a reference:
    people are anonymised, never deleted from under it. `happened_at` is when it happened (UTC),
    `recorded_at` when the portal learnt of it; they differ for what is recorded afterwards.
    """

    DELETED: ClassVar[str] = "deleted"

    kind = models.CharField(_("kind"), max_length=60)
    thing_id = models.BigIntegerField(_("id"))
    label = models.CharField(_("thing"), max_length=300)
    transition = models.CharField(_("transition"), max_length=60)
    from_state = models.CharField(_("from"), max_length=20, blank=True)
    to_state = models.CharField(_("to"), max_length=20)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    side = models.CharField(_("acting as"), max_length=20, choices=Side.choices)
    principal_label = models.CharField(_("acting for"), max_length=300, blank=True)
    reason = FreeTextField(_("reason"), blank=True, max_length=LONG, printed=False)
    details = models.JSONField(_("details"), default=dict, blank=True)
    happened_at = models.DateTimeField(_("happened at"))
    recorded_at = models.DateTimeField(_("recorded at"))
    is_recorded = models.BooleanField(_("recorded afterwards"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["kind", "thing_id", "id"], name="event_of_thing"),
            models.Index(fields=["happened_at"], name="event_happened"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.transition}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("An event is written once.")
        super().save(*args, **kwargs)

    @classmethod
    def of(cls, thing: models.Model) -> "models.QuerySet[StateEvent]":
        """A thing's history, oldest first."""
        return cls.objects.filter(kind=thing._meta.label_lower, thing_id=thing.pk).select_related("by_user")
