"""What the to-do page and the calendar show of exchanges: what is owed, and where things stand."""

from exchanges.todo import stages  # noqa: F401 - registers by being imported
