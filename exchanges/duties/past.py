"""What is owed on what a Partnership enters of the past."""

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.duties import Duty, Watch
from exchanges import links
from exchanges.enums import RecordedSubmissionState
from exchanges.models import RecordedSubmission


def _open_entries() -> VisibleQuerySet:
    return RecordedSubmission.objects.exclude(state=RecordedSubmissionState.ACCEPTED).select_related("partnership")


ENTRIES = Watch(
    "exchanges.recordedsubmission",
    _("Recorded afterwards"),
    _open_entries,
    (
        Duty(
            "accept_entry",
            _("Accept or return the entry of the past"),
            (Side.SO,),
            lambda entry, _frame: entry.state == RecordedSubmissionState.SUBMITTED,
            place="moves",
            since=lambda entry: entry.submitted_at,
        ),
        Duty(
            "correct_entry",
            _("Correct the entry of the past, or withdraw it"),
            (Side.VOP,),
            lambda entry, _frame: entry.state == RecordedSubmissionState.RETURNED,
            page=links.recorded_submission,
            since=lambda entry: entry.submitted_at,
        ),
    ),
)
