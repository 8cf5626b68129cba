"""The page of an action on many things: filled in, tried, confirmed, under way, finished."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.bulk import runs
from cxc.bulk.models import BulkItem, BulkRun, Stage
from cxc.core.links import own_path
from cxc.core.sanitise import LONG, storable
from cxc.web.exports import download
from cxc.workflow import ReasonMissing

# More rows than so many are not filled in one by one on a page: they get the same values.
MOST_FORMS = 100
# So many of those that are not possible are shown with their reasons; the file tells of all.
MOST_SHOWN = 200
ALL = "all"


@dataclass(frozen=True)
class Row:
    """One thing on the page: its item, the thing itself (None where it is gone), its form where one is filled in."""

    item: BulkItem
    thing: Any
    form: Any = None


@signed_in
@require_safe
def run(request: PortalRequest, pk: int) -> HttpResponseBase:
    """What is to be done with which things, what can't be, and what came of it; the result as a file."""
    found = _run_of(request, pk)
    if request.GET.get("format") == "csv":
        return _file(found)
    if getattr(request, "htmx", False):
        return _progress(request, found)
    return render(request, "bulk/run.html", _context(request, found))


@signed_in
@require_POST
def write_values(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Keep what was typed; with the button `fill` give all the same, with `try` see what is possible."""
    found = _run_of(request, pk)
    runs.write_values(found, _typed(request, found))
    if "fill" in request.POST:
        runs.fill_in(found, _of_prefix(request, ALL))
    if "try" in request.POST:
        runs.hand_in(found)
    if getattr(request, "htmx", False):
        return HttpResponse(status=204)
    return redirect(found)


@signed_in
@require_POST
def confirm(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Carry out what is possible."""
    found = _run_of(request, pk)
    reason = storable(request.POST.get("reason", ""))[:LONG]
    try:
        runs.confirm(found, reason)
    except ReasonMissing as refusal:
        context = _context(request, found) | {"refusal": refusal, "reason": reason}
        return render(request, "bulk/run.html", context, status=400)
    if found.confirmed_at is None:
        messages.warning(request, _("What you entered has changed: look at what is possible now, and confirm that."))
        runs.hand_in(found)
    return redirect(_page_after(request, found))


def _page_after(request: PortalRequest, found: BulkRun) -> str:
    """Where it began, when all is done; else the result with what was left out."""
    left = found.items.exclude(outcome=BulkItem.Outcome.DONE).exists()
    page = own_path(request, found.next_url)
    if found.stage is not Stage.FINISHED or left or found.left_out or not page:
        return found.get_absolute_url()
    done = found.items.count()
    text = ngettext("%(action)s: done for %(done)d.", "%(action)s: done for %(done)d.", done)
    messages.success(request, text % {"action": found, "done": done})
    return page


@signed_in
@require_POST
def discard(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Leave everything as it is, and go back."""
    found = _run_of(request, pk)
    if found.confirmed_at is None:
        found.delete()
    return redirect(own_path(request, found.next_url) or "todo")


def _file(found: BulkRun) -> HttpResponseBase:
    """Of each thing its name, what came of it, and why."""
    headings = (_("What it was done with"), _("Result"), _("Why"))
    lines = ((item.label, item.get_outcome_display(), " ".join(item.sentences)) for item in found.items.all())
    return download(headings, lines, name="result", kind="csv")


def _run_of(request: PortalRequest, pk: int) -> BulkRun:
    """Http404 for somebody else's; one's own in whatever one acts for now."""
    found: BulkRun = get_object_or_404(BulkRun.objects.visible_to(request.actor), pk=pk)
    return found


def _progress(request: PortalRequest, found: BulkRun) -> HttpResponse:
    """The part of the page that looks again by itself; the whole page once there is something new to see."""
    if not found.is_at_work:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "bulk/parts/progress.html", _figures(found))


def _context(request: PortalRequest, found: BulkRun) -> dict[str, Any]:
    stage, action = found.stage, found.declared
    has_form = action is not None and action.form is not None and found.confirmed_at is None
    rows = _rows(found, with_forms=has_form)
    some = next((row.thing for row in rows if row.thing is not None), None)
    return {
        **_figures(found),
        "action": action,
        "rows": rows,
        "for_all": _form(found, ALL, some) if has_form and some is not None else None,
        "has_form": has_form,
        "mails": _mails(found) if stage is Stage.TRIED else [],
        "file_url": f"{reverse('bulk_run', args=[found.pk])}?format=csv",
        "longest": LONG,
    }


def _figures(found: BulkRun) -> dict[str, Any]:
    """How many things there are, are tried, possible, done, skipped, failed."""
    rows = found.items.values_list("is_possible", "outcome")
    possible, outcomes = Counter(one for one, _outcome in rows), Counter(outcome for _one, outcome in rows)
    total = sum(outcomes.values())
    return {
        "run": found,
        "total": total,
        "tried": total - possible[None],
        "possible": possible[True],
        "impossible": possible[False],
        "worked_on": total - outcomes[BulkItem.Outcome.WAITING],
        **{name: outcomes[name] for name in BulkItem.Outcome.values},
    }


def _rows(found: BulkRun, *, with_forms: bool) -> Sequence[Row]:
    """Those that can be filled in; else those that are, or were, not possible first."""
    action = found.declared
    order = ("position",) if with_forms else ("is_possible", "position")
    items = list(found.items.order_by(*order)[: MOST_FORMS if with_forms else MOST_SHOWN])
    things = action.things(item.thing_id for item in items) if action else {}
    return [
        Row(item, thing, _form(found, item.prefix, thing, item.values) if with_forms and thing else None)
        for item in items
        for thing in [things.get(item.thing_id)]
    ]


def _form(found: BulkRun, prefix: str, thing: Any, values: Mapping[str, Any] | None = None) -> Any:
    action = found.declared
    assert action is not None
    assert action.form is not None
    return action.form(initial=values or {}, prefix=prefix, thing=thing)


def _mails(found: BulkRun) -> list[dict[str, Any]]:
    """Each mail that would go out, by its subject's first words, with the number of its readers and the first text."""
    found_mails: dict[str, dict[str, Any]] = {}
    for mails in found.items.filter(is_possible=True).values_list("mails", flat=True):
        for mail in mails:
            one = found_mails.setdefault(mail["subject"].partition(":")[0], {**mail, "readers": 0})
            one["readers"] += mail["readers"]
    return list(found_mails.values())


def _typed(request: PortalRequest, found: BulkRun) -> dict[int, dict[str, Any]]:
    """What the page sends for each item that it shows."""
    return {item.pk: values for item in found.items.only("pk", "run") if (values := _of_prefix(request, item.prefix))}


def _of_prefix(request: PortalRequest, prefix: str) -> dict[str, Any]:
    start = f"{prefix}-"
    return {name.removeprefix(start): storable(request.POST[name]) for name in request.POST if name.startswith(start)}
