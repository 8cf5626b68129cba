"""The Final Activity Report."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.core.models.text import FreeTextField
from cxc.core.sanitise import LONG
from cxc.workflow import Allowed, Edited, StatefulModel, state_constraint, state_field, take_fields, transition
from cxc.workflow.notify import Notify
from cxc.workflow.returned import Returned, texts_of
from cxc.workflow.todo import ITSELF, Escalation, Todo
from exchanges import deadlines, links
from exchanges.enums import FAR, ReportState
from exchanges.models.documents.version import Versioned
from exchanges.models.exchange import Exchange
from exchanges.models.sides import OF_EXCHANGE, OF_EXCHANGE_LISTED, PORTAL, SO, VO, VOP
from exchanges.requirements import completion, report_and_evidence

DRAFT, SUBMITTED, ACCEPTED, RETURNED = ReportState


def _notify(to: tuple[Side, ...], subject: Any, text: Any = "") -> tuple[Notify]:
    return (Notify(to, subject, text, anchor="far", label=lambda report: report.exchange),)


NOTIFY_SUBMITTED = _notify(
    (VOP,),
    _("Final Activity Report to accept or return"),
    _("Accept it, or return it and say why, within %(far_answer_working_days)s working days."),
)
NOTIFY_RETURNED = _notify((VO,), _("Final Activity Report returned"), _("Complete it and submit it again."))
NOTIFY_ACCEPTED = _notify((VO,), _("Final Activity Report accepted"))


class FinalActivityReport(StatefulModel, Edited, Returned, Versioned):
    """What the visitor reports after the exchange."""

    side_paths: ClassVar = OF_EXCHANGE
    list_paths: ClassVar = OF_EXCHANGE_LISTED
    read_permissions: ClassVar = {
        "see": (VO, VOP, SO),
        "history": (VO, VOP, SO),
    }
    locks_first: ClassVar = ("exchange",)

    KIND: ClassVar = FAR

    COMPULSORY: ClassVar = {
        "activities": _("activities against the agenda"),
        "outcomes": _("outcomes"),
        "follow_up": _("follow-up"),
        "satisfaction": _("satisfaction"),
    }
    TEXTS: ClassVar = (
        "activities",
        "departures",
        "outcomes",
        "contacts",
        "follow_up",
        "satisfaction",
        "story_consent",
        "story",
    )

    exchange = models.OneToOneField(Exchange, on_delete=models.CASCADE, related_name="report")
    state = state_field(ReportState, DRAFT)
    activities = FreeTextField(_("activities against the agenda"), blank=True, max_length=LONG)
    departures = FreeTextField(_("departures from the agenda"), blank=True, max_length=LONG)
    outcomes = FreeTextField(_("outcomes"), blank=True, max_length=LONG)
    contacts = FreeTextField(_("contacts made"), blank=True, max_length=LONG)
    follow_up = FreeTextField(_("follow-up"), blank=True, max_length=LONG)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction (1 to 5)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    story_consent = models.BooleanField(_("may be told as a success story"), default=False)
    story = FreeTextField(_("success story"), blank=True, max_length=LONG)
    handed_in_file = models.ForeignKey(
        "core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by_label = models.CharField(max_length=300, blank=True, editable=False)
    comments = FreeTextField(_("why it was returned"), blank=True, editable=False, max_length=LONG)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Final Activity Report")
        verbose_name_plural = _("Final Activity Reports")
        indexes: ClassVar = [
            models.Index(fields=["submitted_at"], condition=Q(state=SUBMITTED), name="report_submitted"),
        ]
        constraints: ClassVar = [
            state_constraint("report_state_exists", ReportState),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__gte=1, satisfaction__lte=5),
                name="satisfaction_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"FAR {self.exchange.reference}"

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#far"

    @property
    def is_in_force(self) -> bool:
        return self.state == ACCEPTED

    def handed_in(self) -> dict[str, str]:
        return texts_of(self, self.TEXTS)

    @transition(state, label=_("Create"), source=DRAFT, creates=True, sides=(PORTAL,), silent=True)
    def create(self) -> None: ...

    @transition(
        state,
        label=_("Write the report"),
        source=(DRAFT, RETURNED),
        sides=(VO, VOP, SO),
        requires=(completion.exchange_is_ongoing,),
        silent=True,
        button=False,
    )
    def edit(self, *, version_read: int, fields: Mapping[str, Any]) -> None:
        """A Partnership or the Support Office writes for the visitor; it then submits with reason and file."""
        take_fields(self, fields, allowed=self.TEXTS, version_read=version_read)

    @transition(
        state,
        label=_("Submit the report"),
        source=(DRAFT, RETURNED),
        target=SUBMITTED,
        sides=(VO,),
        requires=(completion.exchange_is_ongoing, completion.exchange_has_ended, report_and_evidence.report_complete),
        todo=Todo(
            "far",
            (VO,),
            _("Write and submit the Final Activity Report"),
            due=deadlines.REPORT,
            remind=(-6, -1, 1, 7, 14),
            text=_("The payment waits for it."),
            page=lambda report: links.report(report.exchange),
            while_unmet=True,
            hands_in=ITSELF,
        ),
        notify=NOTIFY_SUBMITTED,
    )
    def submit(self) -> None:
        self._submit()

    @transition(
        state,
        label=_("Submit the report for the visitor"),
        source=(DRAFT, RETURNED),
        target=SUBMITTED,
        sides=(VOP, SO),
        reason=True,
        requires=(
            completion.exchange_is_ongoing,
            completion.exchange_has_ended,
            report_and_evidence.report_complete,
            report_and_evidence.report_has_source_file,
        ),
        button=False,
        notify=NOTIFY_SUBMITTED,
    )
    def submit_for_visitor(self, *, file: Any = None) -> None:
        self.handed_in_file = file or self.handed_in_file
        self._submit()

    @transition(
        state,
        label=_("Accept the report"),
        source=SUBMITTED,
        target=ACCEPTED,
        sides=(VOP, Allowed(SO, report_and_evidence.so_may_answer)),
        requires=(completion.exchange_is_ongoing, completion.no_conflict),
        todo=Todo(
            "answer_far",
            (VOP,),
            _("Accept or return the Final Activity Report"),
            due=deadlines.REPORT_ANSWER,
            remind=(-1, 1, 7, 14),
            text=_("The visitor waits for your answer."),
            page=links.report_decision,
            anchor="far",
            conflict=lambda report: report.exchange.organisation_id,
            escalate=Escalation(
                "far_unanswered",
                (SO,),
                _("The Final Activity Report has not been answered in time: send a reminder, or answer instead"),
                anchor="far",
            ),
        ),
        notify=NOTIFY_ACCEPTED,
    )
    def accept(self) -> None:
        self.accepted_at = self.moment
        self.accepted_by_label = self.context.actor.label
        self.comments = ""
        self.forget_return()

    @transition(
        state,
        label=_("Return the report"),
        source=SUBMITTED,
        target=RETURNED,
        sides=(VOP, Allowed(SO, report_and_evidence.so_may_answer)),
        reason=True,
        returns=True,
        requires=(completion.exchange_is_ongoing,),
        notify=NOTIFY_RETURNED,
    )
    def send_back(self, *, comments: Mapping[str, str] | None = None) -> None:
        """With comments on single answers, by their names, which `reason` says too."""
        self.comments = self.context.reason
        self.remember_return(self.context.reason, comments)

    @transition(
        state,
        label=_("Return the accepted report"),
        source=ACCEPTED,
        target=RETURNED,
        sides=(SO,),
        reason=True,
        returns=True,
        requires=(completion.exchange_is_ongoing,),
        notify=NOTIFY_RETURNED,
    )
    def return_accepted(self) -> None:
        self.accepted_at, self.accepted_by_label = None, ""
        self.comments = self.context.reason
        self.remember_return(self.context.reason)
        self.version += 1

    def _submit(self) -> None:
        self.submitted_at = self.moment
        self.comments = ""
