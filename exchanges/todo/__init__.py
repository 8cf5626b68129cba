"""What the to-do page and the calendar show of exchanges: what is owed, and where things stand."""

from cxc.todo.subjects import register
from exchanges.todo import preparation, stages  # noqa: F401 - stages registers by being imported
from exchanges.todo.completion import EVIDENCE, EXCHANGES, PAYMENTS, REPORTS
from exchanges.todo.open_visits import OPEN_VISITS
from exchanges.todo.recorded_submissions import ENTRIES

register(OPEN_VISITS, *preparation.SUBJECTS, EXCHANGES, REPORTS, EVIDENCE, PAYMENTS, ENTRIES)
