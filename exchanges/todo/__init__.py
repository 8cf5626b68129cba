"""What the to-do page and the calendar show of exchanges: what is owed, and where things stand."""

from cxc.todo.subjects import register
from exchanges.todo import preparation, stages  # noqa: F401 - stages registers by being imported
from exchanges.todo.completion import EVIDENCE, EXCHANGES, PAYMENTS, REPORTS
from exchanges.todo.open_visits import OPEN_VISITS
from exchanges.todo.recorded_submissions import ENTRIES
from exchanges.todo.visit_moves import MOVE_CONSENTS, MOVES

register(OPEN_VISITS, MOVE_CONSENTS, MOVES, *preparation.SUBJECTS, EXCHANGES, REPORTS, EVIDENCE, PAYMENTS, ENTRIES)
