"""An action on many things, asked for by one person: what, on which things, and what became of each."""

from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Scoped, Side
from cxc.bulk.actions import BulkAction, action_of
from cxc.core.models.text import FreeTextField


class Stage(StrEnum):
    """How far a run is."""

    BEING_FILLED_IN = "being filled in"
    BEING_TRIED = "being tried"
    TRIED = "tried"
    UNDER_WAY = "under way"
    FINISHED = "finished"


class BulkRun(Scoped):
    """One action on many things. Moments are UTC.

    action      code of the registered action
    language    in which its sentences are written
    principal, principal_id  for whom the person acted
    next_url    the page from which it was asked, by its path
    wants_reason  whether one of the things can't be done without a reason; known once they were tried
    left_out    how many chosen rows have no such thing, or none that the person may see
    """

    side_paths: ClassVar = {Side.ASKER: "by_user_id"}
    read_permissions: ClassVar = {"see": (Side.ASKER,)}

    action = models.CharField(_("action"), max_length=80)
    reason = FreeTextField(_("reason"), blank=True, printed=False)
    language = models.CharField(max_length=10)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    principal = models.CharField(max_length=20)
    principal_id = models.BigIntegerField(null=True)
    principal_label = models.CharField(_("acting for"), max_length=200)
    next_url = models.CharField(max_length=2000, blank=True)
    wants_reason = models.BooleanField(default=False)
    left_out = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(_("asked for at"), default=clock.now)
    tried_from = models.DateTimeField(null=True, help_text=_("When all values were handed in."))
    tried_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("action on many things")
        verbose_name_plural = _("actions on many things")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tried_at=None) | Q(tried_from__isnull=False), name="bulk_tried_after_values"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(tried_at__isnull=False), name="bulk_confirmed_after_trying"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(confirmed_at__isnull=False), name="bulk_finished_after_confirmed"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(finished_at=None), name="bulk_unfinished"),
        ]

    def __str__(self) -> str:
        return str(self.declared.label) if self.declared else self.action

    def get_absolute_url(self) -> str:
        return reverse("bulk_run", args=[self.pk])

    @property
    def declared(self) -> BulkAction | None:
        """The action; None where a later version of the portal no longer has it."""
        return action_of(self.action)

    @property
    def stage(self) -> Stage:
        if self.finished_at is not None:
            return Stage.FINISHED
        if self.confirmed_at is not None:
            return Stage.UNDER_WAY
        if self.tried_at is not None:
            return Stage.TRIED
        return Stage.BEING_TRIED if self.tried_from is not None else Stage.BEING_FILLED_IN

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has something to do: the page looks again by itself."""
        return self.stage in {Stage.BEING_TRIED, Stage.UNDER_WAY}


class BulkItem(models.Model):
    """One thing of a run.

    values       what was typed for it, by the names of the action's form
    is_possible  what came of trying it; None while it was not tried
    sentences    why it is not possible, or was skipped, in the language of the run
    mails        those that it would send, each with its subject, number of readers and text
    attempts     how often carrying it out failed for no reason of the thing's own
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Skipped")
        FAILED = "failed", _("Failed")

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    thing_id = models.BigIntegerField()
    label = models.CharField(max_length=500)
    values = models.JSONField(default=dict, blank=True)
    is_possible = models.BooleanField(null=True)
    mails = models.JSONField(default=list, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    sentences = models.JSONField(default=list, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("thing of an action")
        verbose_name_plural = _("things of an action")
        ordering: ClassVar = ["run", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "thing_id"], name="a_thing_once_a_run"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "outcome", "position"], name="bulk_items_by_outcome"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def prefix(self) -> str:
        """Of the names of its fields on the page where it is filled in."""
        return f"item-{self.pk}"
