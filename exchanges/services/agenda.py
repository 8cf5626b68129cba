"""The agenda of a visit and its marked days: written under the shared part's lock and version."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor
from cxc.workflow import Refused, Stale, perform
from cxc.workflow.merge import Baseline, write_merged
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.enums import PartState
from exchanges.models import AgendaItem, DayMark, SharedPart, Visit
from exchanges.rules.day_marks import mark_problem, outside_problem
from exchanges.rules.stay import working_dates
from exchanges.services.working_days import recount_visit


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """One item of an agenda as somebody enters it; times are local to the visit."""

    day: date
    starts: time
    ends: time
    title: str
    leader: str
    place: str = ""
    is_feedback: bool = False


def save_agenda(shared: SharedPart, lines: Iterable[AgendaLine], *, by: Actor, version_read: int) -> SharedPart:
    """Replace the whole agenda.

    Stale when somebody saved since `version_read` (`mine` holds the lines, `current` the row, whose
    visit has the agenda as it stands); Refused, naming the item, when a line is not possible.
    """
    listed = list(lines)
    with unit_of_work():
        row = _lock_for_edit(shared, by, version_read, {"agenda": listed})
        row.visit.agenda_items.all().delete()
        _add(row.visit, listed)
    shared.take_from(row)
    return shared


def save_merged_agenda(shared: SharedPart, lines: Iterable[AgendaLine], *, by: Actor, baseline: Baseline) -> None:
    """Replace the days that were changed here; the others stay as they stand. Stale where both changed a day."""
    listed = list(lines)
    known: dict[str, Any] = dict.fromkeys([*baseline.fields, *by_day(shared.visit)], ())
    typed = known | by_day(shared.visit, listed)

    def write(version: int, changed: dict[str, Any]) -> None:
        stays = [_line(item) for item in shared.visit.agenda_items.all() if item.day.isoformat() not in changed]
        here = [line for line in listed if line.day.isoformat() in changed]
        save_agenda(shared, [*stays, *here], by=by, version_read=version)

    def current() -> SharedPart:
        return SharedPart.objects.select_related("edited_by", "visit").get(pk=shared.pk)

    def values(row: SharedPart, days: Iterable[str]) -> dict[str, Any]:
        nothing: dict[str, Any] = dict.fromkeys(days, ())
        return nothing | by_day(row.visit)

    write_merged(write, typed=typed, current=current, baseline=baseline, by=by.user, values=values)


def by_day(visit: Visit, lines: Iterable[AgendaLine] | None = None) -> dict[str, list[str]]:
    """Each day of the visit, and what is on it: as the agenda stands, or as in these lines."""
    length = (visit.last_day - visit.first_day).days + 1
    days: dict[str, list[str]] = {(visit.first_day + timedelta(days=n)).isoformat(): [] for n in range(length)}
    for item in visit.agenda_items.all() if lines is None else lines:
        texts = (f"{item.starts:%H:%M}", f"{item.ends:%H:%M}", item.title, item.leader, item.place)
        days.setdefault(item.day.isoformat(), []).append(" | ".join((*texts, str(item.is_feedback))))
    return days


def _line(item: AgendaItem) -> AgendaLine:
    return AgendaLine(**{field.name: getattr(item, field.name) for field in fields(AgendaLine)})


def mark_day(
    shared: SharedPart, day: date, *, is_worked: bool, reason: str = "", by: Actor, version_read: int
) -> SharedPart:
    """Mark a weekend or holiday worked (it needs an agenda item), or a working day not worked (with why).

    Working days of exchanges in draft and preparation are counted anew; RequirementsUnmet where too few remain.
    Rule: docs/rules.md, Working days.
    """
    reason = reason.strip()
    with unit_of_work():
        row = _lock_for_edit(shared, by, version_read, {"day": day, "is_worked": is_worked, "reason": reason})
        _refuse_mark(row.visit, day, is_worked, reason)
        DayMark.objects.update_or_create(
            visit=row.visit, day=day, defaults={"is_worked": is_worked, "reason": reason[:300]}
        )
        recount_visit(row.visit)
    shared.take_from(row)
    return shared


def unmark_day(shared: SharedPart, day: date, *, by: Actor, version_read: int) -> SharedPart:
    """Let the calendar decide on this day again."""
    with unit_of_work():
        row = _lock_for_edit(shared, by, version_read, {"day": day})
        row.visit.day_marks.filter(day=day).delete()
        recount_visit(row.visit)
    shared.take_from(row)
    return shared


@dataclass(frozen=True)
class CopyResult:
    """How many agenda items were taken over, and how many found no day in this visit."""

    items: int
    left_out: int


def copy_from(shared: SharedPart, source: Visit, *, by: Actor, version_read: int) -> CopyResult:
    """Take shared texts and agenda of another visit that one may see into an empty draft.

    Its first day with items falls on this visit's first working day, the second on the second, and
    so on. Refused when something is written already.
    """
    theirs = SharedPart.objects.get_for(by, "see", visit=source)
    with unit_of_work():
        texts = {name: getattr(theirs, name) for name in SharedPart.TEXTS}
        _refuse_overwriting(SharedPart.objects.get(pk=shared.pk))
        row = _lock_for_edit(shared, by, version_read, texts, fields=texts)
        _refuse_agenda(row)
        taken, left_out = lines_for(source, row.visit)
        _add(row.visit, taken)
    shared.take_from(row)
    return CopyResult(len(taken), left_out)


def _lock_for_edit(
    shared: SharedPart, by: Actor, version_read: int, mine: Mapping[str, Any], fields: Mapping[str, Any] | None = None
) -> SharedPart:
    """The shared part locked and edited, on a copy: the caller's own stays as it is when all is undone."""
    row = SharedPart.objects.get(pk=shared.pk)
    try:
        return perform(row, "edit", by=by, version_read=version_read, fields=dict(fields or {}))
    except Stale as stale:
        raise Stale(stale.current, mine) from stale


def _add(visit: Visit, lines: list[AgendaLine]) -> None:
    for line in lines:
        _refuse_line(visit, line)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            visit=visit,
            day=line.day,
            starts=line.starts,
            ends=line.ends,
            title=line.title.strip(),
            place=line.place.strip(),
            leader=line.leader.strip(),
            is_feedback=line.is_feedback,
        )
        for line in lines
    )
    _refuse_worked_day_without_item(visit)


def _refuse_line(visit: Visit, line: AgendaLine) -> None:
    name = line.title.strip() or f"{line.day} {line.starts:%H:%M}"
    if not line.title.strip() or not line.leader.strip():
        raise Refused(_("“%(item)s”: say what it is and who leads it.") % {"item": name})
    if line.ends <= line.starts:
        raise Refused(_("Let “%(item)s” end after it begins.") % {"item": name})
    if problem := outside_problem(visit, line.day):
        raise Refused(problem)


def _refuse_worked_day_without_item(visit: Visit) -> None:
    with_items = visit.agenda_items.values("day")
    bare = visit.day_marks.filter(is_worked=True).exclude(day__in=with_items).first()
    if bare is not None:
        raise Refused(
            _("%(day)s is marked as worked and needs an agenda item: take the mark off first.")
            % {"day": date_format(bare.day)}
        )


def _refuse_mark(visit: Visit, day: date, is_worked: bool, reason: str) -> None:
    has_item = visit.agenda_items.filter(day=day).exists()
    if problem := mark_problem(visit, day, is_worked=is_worked, reason=reason, has_item=has_item):
        raise Refused(problem)


def _refuse_overwriting(shared: SharedPart) -> None:
    if shared.state != PartState.DRAFT or any(getattr(shared, name) for name in SharedPart.TEXTS):
        raise Refused(_("Only an empty draft takes over another visit's texts."))


def _refuse_agenda(shared: SharedPart) -> None:
    if shared.visit.agenda_items.exists():
        raise Refused(_("Only an empty draft takes over another visit's texts."))


def lines_for(source: Visit, target: Visit) -> tuple[list[AgendaLine], int]:
    """The source's items on the target's working days, and how many found none."""
    items = list(source.agenda_items.all())
    counting = working_dates(target.host_country.pk, target.first_day, target.last_day)
    days = dict(zip(sorted({item.day for item in items}), counting, strict=False))
    lines = [
        AgendaLine(
            day=days[item.day],
            starts=item.starts,
            ends=item.ends,
            title=item.title,
            leader=item.leader,
            place=item.place,
            is_feedback=item.is_feedback,
        )
        for item in items
        if item.day in days
    ]
    return lines, len(items) - len(lines)


def copy_items(source: Visit, target: Visit, day_of: Callable[[date], date]) -> int:
    """Copy the source's items to a visit that has none, each to the day that `day_of` says. How many they are."""
    items = list(source.agenda_items.all())
    for item in items:
        item.pk, item.visit, item.day = None, target, day_of(item.day)
        item._state.adding = True
    return len(AgendaItem.objects.bulk_create(items))
