"""By when a question is answered. Rule: docs/help.md."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.workflow.deadlines import Deadlines
from cxc.workflow.todo import Due

# The Support Office's working days, where no Partnership's seat says otherwise: those of the Union's institutions.
OFFICE_COUNTRY = "BE"


def _answer_day(request: Any, deadlines: Deadlines) -> date:
    country = request.partnership.seat_id if request.partnership else OFFICE_COUNTRY
    return deadlines.after_working_days(
        request.waiting_since.date(), deadlines.scheme.help_answer_working_days, country
    )


ANSWERED = Due(_answer_day, _("%(help_answer_working_days)s working days after it was asked"))
