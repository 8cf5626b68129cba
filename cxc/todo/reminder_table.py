"""The table of reminders for the docs, from the declarations themselves."""

from collections.abc import Iterator

from django.apps import apps

from cxc.core import languages
from cxc.core.models.scheme import SchemeSettings
from cxc.todo.subjects import Declaration, TodoSubject, subjects
from cxc.workflow.todo import Due

_HEAD = """# Reminders

Written by `./portal manage reminders` from what the apps declare; a test compares. The numbers are those the
scheme begins with; the Support Office may change days, limits and working days in its settings.

A reminder goes to owners and editors of an organisation, coordinators of a Partnership, and the Support Office's
people. It is written from the stored to-do at each run, once, and not at all for a due date more than 30 days past,
nor for what was recorded afterwards. If the job did not run for a while, it writes only the latest one.

| thing | what | due | first | repeats | to whom |
|---|---|---|---|---|---|
"""


def as_markdown() -> str:
    """The whole page."""
    with languages.english():
        return _HEAD + "".join(f"| {' | '.join(cells)} |\n" for cells in dict.fromkeys(_rows()))


def _rows() -> Iterator[tuple[str, ...]]:
    scheme = SchemeSettings()
    for subject in subjects():
        for one in subject.declarations():
            if one.todo.remind and one.todo.due is not None:
                yield _row(subject, one, one.todo.due, scheme)


def _row(subject: TodoSubject, one: Declaration, due: Due, scheme: SchemeSettings) -> tuple[str, ...]:
    first, *repeats = (_day(offset) for offset in one.todo.offsets(scheme))
    thing = str(apps.get_model(subject.kind)._meta.verbose_name)
    readers = ", ".join(str(side.label) for side in one.todo.reminded)
    return thing, str(one.label), due.description(scheme), first, ", ".join(repeats) or "–", readers


def _day(offset: int) -> str:
    if offset == 0:
        return "on the day"
    count = f"{abs(offset)} day{'s' if abs(offset) > 1 else ''}"
    return f"{count} {'before' if offset < 0 else 'after'}"
