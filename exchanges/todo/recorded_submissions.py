"""What is owed on what a Partnership enters of the past."""

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import VisibleQuerySet
from cxc.todo.subjects import TodoSubject
from exchanges.enums import RecordedSubmissionState
from exchanges.models import RecordedSubmission
from profiles.todo_inputs import SCHEME


def _open_entries() -> VisibleQuerySet:
    return RecordedSubmission.objects.exclude(state=RecordedSubmissionState.ACCEPTED).select_related("partnership")


ENTRIES = TodoSubject("exchanges.recordedsubmission", _("Recorded afterwards"), _open_entries, inputs=SCHEME)
