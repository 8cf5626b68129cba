"""What the agenda's buttons do to the typed rows: add, remove, move, copy. Nothing here is saved or refused.

A row is what was typed, whether it makes sense yet or not. Every function gives the new rows, the key of the row
that is to have the focus, and what is read out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.crypto import get_random_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.web.fields import HourField

NAMES = ("day", "starts", "ends", "title", "leader", "place", "is_feedback")
DEFAULT_START, DEFAULT_MINUTES = "09:00", 60


class Row(dict[str, str]):
    """What was typed into one row, by name, with a key that stays with it."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        super().__init__({name: typed.get(name, "") for name in NAMES})
        self["key"] = typed.get("key") or get_random_string(8)

    @property
    def display_title(self) -> str:
        """Its title, for the sentence that is read out."""
        return self["title"].strip() or _("the line without a title")

    def minutes(self, name: str) -> int | None:
        """A time as minutes from midnight; None where it can't be read."""
        try:
            read: time | None = HourField(required=False).clean(self[name])
        except ValidationError:
            return None
        return None if read is None else read.hour * 60 + read.minute

    @property
    def length(self) -> int | None:
        """Minutes; None where a time can't be read or they are in the wrong order."""
        starts, ends = self.minutes("starts"), self.minutes("ends")
        return ends - starts if starts is not None and ends is not None and ends > starts else None

    def move_to(self, starts: int) -> None:
        """Begin at another time, as long as before, within the day."""
        length = self.length or 0
        starts = max(0, min(starts, 23 * 60 + 59 - length))
        self["starts"], self["ends"] = _clock(starts), _clock(starts + length)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass
class ButtonResult:
    """The rows after a button was pressed."""

    rows: list[Row]
    focus: str = ""
    announcement: str = ""


def typed_rows(data: QueryDict, *, most: int) -> list[Row]:
    """The rows as a browser sends them."""
    typed = data.get("form-TOTAL_FORMS", "")
    count = min(int(typed[:9]), most) if typed.isdecimal() else 0
    return [Row({name: data.get(f"form-{n}-{name}", "") for name in (*NAMES, "key")}) for n in range(count)]


def as_data(rows: list[Row]) -> QueryDict:
    """The rows as a formset reads them."""
    data = QueryDict(mutable=True)
    data["form-TOTAL_FORMS"], data["form-INITIAL_FORMS"] = str(len(rows)), "0"
    for number, row in enumerate(rows):
        for name, value in row.items():
            if value:
                data[f"form-{number}-{name}"] = value
    return data


def apply_button(rows: list[Row], button: str) -> ButtonResult:
    """What a button's value asks for; a value that says nothing changes nothing."""
    word, _colon, rest = button.partition(":")
    do = _BUTTONS.get(word)
    return do(rows, rest) if do else ButtonResult(rows)


def _add(rows: list[Row], day: str) -> ButtonResult:
    """A line at the end of a day, from when the one before ends."""
    ends = [row.minutes("ends") for row in rows if row["day"] == day]
    begins = max((end for end in ends if end is not None), default=None)
    row = Row({"day": day, "starts": DEFAULT_START if begins is None else _clock(begins)})
    if row.minutes("starts") is not None:
        row["ends"] = _clock(min((row.minutes("starts") or 0) + DEFAULT_MINUTES, 23 * 60 + 59))
    return ButtonResult([*rows, row], f"{row['key']}-title", _("A line is added."))


def _remove(rows: list[Row], key: str) -> ButtonResult:
    at = _find(rows, key)
    if at is None:
        return ButtonResult(rows)
    gone = rows[at]
    same_day = [row for row in rows if row["day"] == gone["day"] and row is not gone]
    focus = f"{same_day[-1]['key']}-title" if same_day else f"add-{gone['day']}"
    return ButtonResult(
        [row for row in rows if row is not gone], focus, _("Removed: %(title)s.") % {"title": gone.display_title}
    )


def _up(rows: list[Row], key: str) -> ButtonResult:
    return _swap(rows, key, -1)


def _down(rows: list[Row], key: str) -> ButtonResult:
    return _swap(rows, key, +1)


def _swap(rows: list[Row], key: str, step: int) -> ButtonResult:
    """Change places with the neighbour of the same day; both keep their length, the time they fill together stays."""
    at = _find(rows, key)
    if at is None:
        return ButtonResult(rows)
    row = rows[at]
    day = [other for other in rows if other["day"] == row["day"]]
    to = day.index(row) + step
    focus = f"{key}-{'up' if step < 0 else 'down'}"
    if not 0 <= to < len(day):
        edge = _("%(title)s is the first of its day.") if step < 0 else _("%(title)s is the last of its day.")
        return ButtonResult(rows, focus, edge % {"title": row.display_title})
    return _moved(rows, row, row["day"], to, focus)


def _move(rows: list[Row], rest: str) -> ButtonResult:
    """To a place of a day, as the mouse drops it: `key:day:place`."""
    key, _colon, where = rest.partition(":")
    day, _colon, position = where.rpartition(":")
    at = _find(rows, key)
    if at is None or not position.isdecimal() or not _is_day(day):
        return ButtonResult(rows)
    return _moved(rows, rows[at], day, int(position[:4]), f"{key}-title")


def _moved(rows: list[Row], row: Row, day: str, position: int, focus: str) -> ButtonResult:
    others = [other for other in rows if other is not row]
    target = [other for other in others if other["day"] == day]
    before = [other for other in rows if other["day"] == day]
    row["day"] = day
    after = [*target[:position], row, *target[position:]]
    _lay_out(before, after)
    rest = [other for other in others if other["day"] != day]
    values = {
        "title": row.display_title,
        "place": after.index(row) + 1,
        "all": len(after),
        "starts": row["starts"] or "—",
    }
    announcement = _("%(title)s is now %(place)s of %(all)s, from %(starts)s.") % values
    return ButtonResult([*rest, *after], focus, announcement)


def _lay_out(before: list[Row], after: list[Row]) -> None:
    """One after the other from when the day began, each as long as it was, with the breaks where they were."""
    if any(row.length is None for row in {id(row): row for row in (*before, *after)}.values()):
        return
    starts = [row.minutes("starts") or 0 for row in before]
    ends = [row.minutes("ends") or 0 for row in before]
    breaks = [max(0, later - ended) for ended, later in zip(ends, starts[1:], strict=False)]
    now = starts[0] if starts else (after[0].minutes("starts") or 0)
    for number, row in enumerate(after):
        length = row.length or 0
        row.move_to(now)
        now += length + (breaks[number] if number < len(breaks) else 0)


def _sort(rows: list[Row], key: str) -> ButtonResult:
    """Each line to its day, in the order of time; what can't be read stays behind."""
    ordered = sorted(rows, key=lambda row: (row["day"], _or_late(row.minutes("starts"))))
    at = _find(rows, key)
    if at is None:
        return ButtonResult(ordered)
    values = {"title": rows[at].display_title, "day": long_date(rows[at]["day"])}
    return ButtonResult(ordered, f"{key}-day", _("%(title)s is now on %(day)s.") % values)


def _or_late(minutes: int | None) -> int:
    return 24 * 60 if minutes is None else minutes


def copy_day(rows: list[Row], source: str, target: str) -> ButtonResult:
    """The lines of one day onto another, behind those that are there; a blank line makes room."""
    theirs = [row for row in rows if row["day"] == source and row["title"].strip()]
    if source == target or not theirs or not _is_day(target):
        return ButtonResult(rows, "copy-day", _("Choose a day with lines, and another day."))
    copies = [Row({**row, "key": "", "day": target}) for row in theirs]
    filled = [row for row in rows if row["day"] != target or row["title"].strip() or row["leader"].strip()]
    announcement = ngettext("%(count)s line copied to %(day)s.", "%(count)s lines copied to %(day)s.", len(copies))
    values = {"count": len(copies), "day": long_date(target)}
    return ButtonResult([*filled, *copies], f"{copies[0]['key']}-title", announcement % values)


def _find(rows: list[Row], key: str) -> int | None:
    return next((number for number, row in enumerate(rows) if key and row["key"] == key), None)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def long_date(iso: str) -> str:
    """A day for a person; what is none stays as it is."""
    return date_format(date.fromisoformat(iso), "l j F") if _is_day(iso) else iso


_BUTTONS: dict[str, Callable[[list[Row], str], ButtonResult]] = {
    "add": _add,
    "remove": _remove,
    "up": _up,
    "down": _down,
    "move": _move,
    "sort": _sort,
}
