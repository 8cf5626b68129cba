"""The table of reminders for the docs, from the declarations themselves."""

from collections.abc import Iterator

from django.apps import apps

from cxc.core import languages
from cxc.ground.models.scheme import SchemeSettings
from cxc.todo.duties import Duty, Watch, watches

_HEAD = """# Reminders

Written by `./portal manage reminders` from what the apps declare (`duties.py`); a test compares. The numbers are
those the scheme begins with; the Support Office may change days, limits and working days in its settings.

A reminder goes to owners and editors of an organisation, coordinators of a Partnership, and the Support Office's
people. It is worked out from the state of the thing at each run, written once, and not at all for a due date more
than 30 days past, nor for what was recorded afterwards. A job that slept writes the latest one only.

| thing | what | due | first | repeats | to whom |
|---|---|---|---|---|---|
"""


def as_markdown() -> str:
    """The whole page."""
    with languages.english():
        return _HEAD + "".join(f"| {' | '.join(cells)} |\n" for cells in _rows())


def _rows() -> Iterator[tuple[str, ...]]:
    scheme = SchemeSettings()
    for one in watches():
        for duty in one.duties:
            if duty.reminds:
                yield _row(one, duty, scheme)


def _row(one: Watch, duty: Duty, scheme: SchemeSettings) -> tuple[str, ...]:
    first, *repeats = (_day(offset) for offset in duty.offsets(scheme))
    thing = str(apps.get_model(one.kind)._meta.verbose_name)
    told = ", ".join(str(side.label) for side in duty.told)
    return thing, str(duty.title), str(duty.due_says), first, ", ".join(repeats) or "–", told


def _day(offset: int) -> str:
    if offset == 0:
        return "on the day"
    count = f"{abs(offset)} day{'s' if abs(offset) > 1 else ''}"
    return f"{count} {'before' if offset < 0 else 'after'}"
