"""A bulk action that one person asked for: on which items, and what became of each."""

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


class RunStatus(StrEnum):
    """How far a run is."""

    EDITING = "editing"
    PREVIEWING = "previewing"
    PREVIEWED = "previewed"
    RUNNING = "running"
    FINISHED = "finished"


class BulkRun(Scoped):
    """One bulk action on many items. Moments are UTC.

    action      code of the registered action
    language    of its sentences
    principal, principal_id  for whom the person acted
    next_url    path of the page where it began
    values      what was typed into the form that is the same for all items, by the names of its fields
    left_out    how many of the selected rows have no item, or none that the person may see
    mails_count  how many mails would be sent, by the preview; one that several items would send alike is one
    mails       those of them that differ, by the beginning of their subject: subject, number, text of the first
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
    values = models.JSONField(default=dict, blank=True)
    left_out = models.PositiveIntegerField(default=0)
    mails_count = models.PositiveIntegerField(default=0)
    mails = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(_("asked for at"), default=clock.now)
    preview_requested_at = models.DateTimeField(null=True)
    previewed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("bulk action")
        verbose_name_plural = _("bulk actions")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(previewed_at=None) | Q(preview_requested_at__isnull=False),
                name="bulk_previewed_after_request",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(previewed_at__isnull=False), name="bulk_confirmed_after_preview"
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
    def status(self) -> RunStatus:
        if self.finished_at is not None:
            return RunStatus.FINISHED
        if self.confirmed_at is not None:
            return RunStatus.RUNNING
        if self.previewed_at is not None:
            return RunStatus.PREVIEWED
        return RunStatus.PREVIEWING if self.preview_requested_at is not None else RunStatus.EDITING

    @property
    def preview_key(self) -> str:
        """Tells its present preview from earlier and later ones; '' without one."""
        return self.previewed_at.isoformat() if self.previewed_at is not None else ""

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has something to do: the page looks again by itself."""
        return self.status in {RunStatus.PREVIEWING, RunStatus.RUNNING}

    @property
    def reason_required(self) -> bool:
        """Whether one of the items needs a reason; known once it is previewed."""
        return self.items.filter(reason_required=True).exists()


class BulkItem(models.Model):
    """One item of a run.

    read         what the form held of the item when the run began, by the names of its fields
    values       what was typed since
    can_be_done  the answer of the preview; None before it
    reason_required  whether it is refused without a reason
    sentences    why it can't be done, or was skipped, in the language of the run
    mails        those that would be sent: subject, number, text of the first, keys of those that are sent once only
    attempts     how often it failed with an unexpected error
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
    read = models.JSONField(default=dict, blank=True)
    values = models.JSONField(default=dict, blank=True)
    can_be_done = models.BooleanField(null=True)
    reason_required = models.BooleanField(default=False)
    mails = models.JSONField(default=list, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    sentences = models.JSONField(default=list, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("item of a bulk action")
        verbose_name_plural = _("items of a bulk action")
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
        """Of the names of its fields on the page."""
        return f"item-{self.pk}"

    @property
    def form_data(self) -> dict[str, object]:
        """What its form holds now."""
        return {**self.read, **self.values}
