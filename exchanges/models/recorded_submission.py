"""What a Partnership enters of the past, until the Support Office accepts it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models.text import FreeTextField, OneLineField
from cxc.core.sanitise import LONG
from cxc.workflow import StatefulModel, state_constraint, state_field, transition
from cxc.workflow.todo import ITSELF, Todo
from exchanges import links
from exchanges.enums import RecordedSubmissionState
from exchanges.models.exchange import Exchange
from exchanges.models.sides import SO, VOP
from exchanges.requirements import recorded_submissions
from profiles.models import Partnership

SUBMITTED, ACCEPTED, RETURNED = RecordedSubmissionState


class RecordedSubmission(StatefulModel):
    """An exchange that took place outside the portal, written down by the visitor's Partnership.

    `payload` holds the values of `exchanges.recorded_exchange.RecordedExchange`. Accepting enters them through the same
    services as the Support Office's own records (`exchanges.services.recorded_submissions`).
    """

    label_columns: ClassVar = {"partnership": ("acronym",)}
    side_paths: ClassVar = {VOP: "partnership_id"}
    read_permissions: ClassVar = {"see": (VOP, SO), "history": (VOP, SO)}

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    state = state_field(RecordedSubmissionState, SUBMITTED)
    payload = models.JSONField(_("what took place"), default=dict)
    source = OneLineField(_("where this is known from"))
    exchange = models.OneToOneField(
        Exchange, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    comments = FreeTextField(_("comments of the Support Office"), blank=True, editable=False, max_length=LONG)
    submitted_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("exchange recorded afterwards")
        verbose_name_plural = _("exchanges recorded afterwards")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [state_constraint("entry_state_exists", RecordedSubmissionState)]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.source}"

    def get_absolute_url(self) -> str:
        return reverse("recorded_submission", args=[self.pk])

    @transition(
        state,
        label=_("Hand in"),
        source=SUBMITTED,
        creates=True,
        sides=(VOP,),
        requires=(recorded_submissions.payload_is_valid, recorded_submissions.source_named),
    )
    def submit(self) -> None:
        self.submitted_at = self.moment

    @transition(
        state,
        label=_("Hand in again"),
        source=RETURNED,
        target=SUBMITTED,
        sides=(VOP,),
        requires=(recorded_submissions.payload_is_valid, recorded_submissions.source_named),
        button=False,
        todo=Todo(
            "correct_entry",
            (VOP,),
            _("Correct or withdraw what you recorded afterwards"),
            page=links.recorded_submission,
            hands_in=ITSELF,
            since=lambda entry: entry.submitted_at,
        ),
    )
    def submit_again(self, *, payload: Mapping[str, Any], source: str) -> None:
        self.payload, self.source = dict(payload), source.strip()
        self.submitted_at, self.comments = self.moment, ""

    @transition(
        state,
        label=_("Accept and record"),
        source=SUBMITTED,
        target=ACCEPTED,
        sides=(SO,),
        requires=(recorded_submissions.payload_is_valid, recorded_submissions.source_named),
        todo=Todo(
            "accept_entry",
            (SO,),
            _("Accept or return the exchange recorded afterwards"),
            anchor="transitions",
            since=lambda entry: entry.submitted_at,
        ),
    )
    def accept(self) -> None:
        """The exchange is entered by what follows, in the same transaction; a fact that fails refuses it all."""

    @transition(state, label=_("Return"), source=SUBMITTED, target=RETURNED, sides=(SO,), reason=True, returns=True)
    def send_back(self) -> None:
        self.comments = self.context.reason

    @transition(state, label=_("Withdraw the entry"), source=(SUBMITTED, RETURNED), deletes=True, sides=(VOP,))
    def withdraw(self) -> None: ...
