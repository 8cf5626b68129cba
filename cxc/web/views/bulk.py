"""The page of a bulk action: filled in, previewed, confirmed, under way, finished."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cxc import clock
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.bulk import runs
from cxc.bulk.actions import BulkAction
from cxc.bulk.models import BulkItem, BulkRun, RunStatus
from cxc.core.links import own_path
from cxc.core.sanitise import LONG, storable
from cxc.web.bulk_forms import ALL, MOST_FORMS, OwnRun, forms_of, raw_values, shared_context, shared_form_of
from cxc.web.exports import download
from cxc.web.form_drafts import store
from cxc.web.form_drafts.record import is_save_by_itself, saved_answer
from cxc.workflow import NotAllowed, Refused, consequences

# The largest number of items that the page lists, those that can't be done first; the file holds all.
MOST_SHOWN = 200


@dataclass(frozen=True)
class ListedItem:
    """An item on the page, with its record; None where that is gone or no longer theirs to see."""

    item: BulkItem
    thing: Any


@signed_in
@require_safe
def run(request: PortalRequest, pk: int) -> HttpResponseBase:
    """What is to be done with which items, what can't be, and what came of it; the same as a file."""
    own = _own_run(request, pk)
    if request.GET.get("format") == "csv":
        return _file(own.run)
    if getattr(request, "htmx", False):
        return _progress(request, own.run)
    return render(request, "bulk/run.html", _context(own))


@signed_in
@require_POST
def write_values(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Keep what was typed; the button `fill` gives all items the same, `preview` looks what can be done.

    The page's script saves it while one types.
    """
    own = _own_run(request, pk)
    if own.action is not None and own.action.shared_form:
        return _write_shared_values(request, own, own.action)
    runs.write_values(own.run, _typed(request, own.run))
    if is_save_by_itself(request):
        return _saved_by_itself(request, own.run)
    for_all = {name: value for name, value in _of_prefix(request, ALL).items() if value}
    if "fill" in request.POST:
        runs.set_for_all(own.run, for_all)
    elif "preview" in request.POST and for_all:
        messages.warning(request, _("Press “Fill in for all”, or empty the first row: its values are not used yet."))
        return render(request, "bulk/run.html", _context(own, for_all), status=400)
    elif "preview" in request.POST:
        runs.request_preview(own.run)
    return redirect(own.run)


def _saved_by_itself(request: PortalRequest, found: BulkRun) -> HttpResponseBase:
    store.erase(by=request.actor, address=found.get_absolute_url())
    return saved_answer(clock.now())


def _write_shared_values(request: PortalRequest, own: OwnRun, action: BulkAction) -> HttpResponseBase:
    """What was typed for all items; where it is wrong the form comes back with it, and there is no preview."""
    form = shared_form_of(own, action, data=request.POST)
    runs.write_shared_values(own.run, raw_values(form))
    if is_save_by_itself(request):
        return _saved_by_itself(request, own.run)
    if not form.is_valid():
        return render(request, "bulk/run.html", _context(own) | shared_context(form), status=400)
    for address in (own.run.get_absolute_url(), request.path):
        store.erase(by=request.actor, address=address)
    runs.request_preview(own.run)
    return redirect(own.run)


@signed_in
@rate_limited("mail")
@require_POST
def confirm(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Carry out what can be done."""
    own = _own_run(request, pk)
    reason = storable(request.POST.get("reason", ""))[:LONG]
    try:
        runs.confirm(own.run, reason, preview_key=request.POST.get("preview_key", ""))
    except NotAllowed:
        raise
    except Refused as refusal:
        context = _context(own) | {"refusal": refusal, "reason": reason}
        return render(request, "bulk/run.html", context, status=400)
    if own.run.confirmed_at is None:
        messages.warning(request, _("Look at the preview again, and confirm that: what you entered has changed."))
        if own.run.status is RunStatus.EDITING:
            runs.request_preview(own.run)
    return redirect(_page_after(request, own.run))


def _page_after(request: PortalRequest, found: BulkRun) -> str:
    """Where it began, when all is done; else the result with what was left out."""
    left = found.items.exclude(outcome=BulkItem.Outcome.DONE).exists()
    page = own_path(request, found.next_url)
    if found.status is not RunStatus.FINISHED or left or found.left_out or not page:
        return found.get_absolute_url()
    messages.success(request, _done_text(found, found.items.count()))
    return page


def _done_text(found: BulkRun, done: int) -> str:
    if found.declared is not None and found.declared.done_text is not None:
        return found.declared.done_text(done)
    text = ngettext("%(action)s: %(done)d done.", "%(action)s: %(done)d done.", done)
    return text % {"action": found, "done": done}


@signed_in
@require_POST
def discard(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Leave everything as it is, and go back."""
    found = _own_run(request, pk).run
    if found.confirmed_at is None:
        found.delete()
    return redirect(own_path(request, found.next_url) or "todo")


def _own_run(request: PortalRequest, pk: int) -> OwnRun:
    """Http404 for somebody else's, and where the person does not act for the principal of the run now."""
    actor = request.actor
    own = BulkRun.objects.visible_to(actor).filter(principal=str(actor.principal), principal_id=actor.principal_id)
    return OwnRun(get_object_or_404(own, pk=pk), actor)


def _file(found: BulkRun) -> HttpResponseBase:
    """Of each item its name, whether it can be done, what came of it, and why."""
    headings = (_("Item"), _("Can be done"), _("Result"), _("Reason"))
    lines = (
        (item.label, item.can_be_done, item.get_outcome_display(), " ".join(item.sentences))
        for item in found.items.only("run", "label", "can_be_done", "outcome", "sentences")
    )
    return download(headings, lines, name="bulk-action", kind="csv")


def _progress(request: PortalRequest, found: BulkRun) -> HttpResponse:
    """The part of the page that looks again by itself; the whole page once there is something new to see."""
    if not found.is_at_work:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "bulk/parts/progress.html", _figures(found))


def _context(own: OwnRun, for_all: dict[str, Any] | None = None) -> dict[str, Any]:
    found, action = own.run, own.action
    has_form = action is not None and action.form is not None and found.confirmed_at is None
    is_shared, is_previewed = action is not None and action.shared_form, found.status is RunStatus.PREVIEWED
    return {
        **_figures(found),
        "action": action,
        "consequence": consequences.sentence_for(action.kind, action.transition) if action else "",
        "listed": _listed(own),
        **(forms_of(own, action, for_all or {}) if has_form and action is not None else {}),
        "mails": found.mails if is_previewed and not is_shared else [],
        "mails_count": found.mails_count if is_previewed and is_shared else 0,
        "reason_required": found.reason_required,
        "file_url": f"{reverse('bulk_run', args=[found.pk])}?format=csv",
        "longest": LONG,
    }


def _figures(found: BulkRun) -> dict[str, Any]:
    """How many items there are, are previewed, can be done, are done, skipped, failed."""
    possible, outcomes = Counter[bool | None](), Counter[str]()
    rows = found.items.order_by().values_list("can_be_done", "outcome").annotate(number=Count("pk"))
    for can_be_done, outcome, number in rows:
        possible[can_be_done] += number
        outcomes[outcome] += number
    total = outcomes.total()
    return {
        "run": found,
        "total": total,
        "previewed": total - possible[None],
        "possible": possible[True],
        "impossible": possible[False],
        "worked_on": total - outcomes[BulkItem.Outcome.WAITING],
        **{name: outcomes[name] for name in BulkItem.Outcome.values},
    }


def _listed(own: OwnRun) -> list[ListedItem]:
    """Those that can't be done, or were not, first."""
    items = list(own.run.items.order_by("can_be_done", "-outcome", "position")[:MOST_SHOWN])
    things = own.load(items)
    return [ListedItem(item, things.get(item.thing_id)) for item in items]


def _typed(request: PortalRequest, found: BulkRun) -> dict[int, dict[str, Any]]:
    """What the page sends for each item that it shows."""
    shown = found.items.only("run").order_by("position")[:MOST_FORMS]
    return {item.pk: values for item in shown if (values := _of_prefix(request, item.prefix))}


def _of_prefix(request: PortalRequest, prefix: str) -> dict[str, Any]:
    start = f"{prefix}-"
    return {name.removeprefix(start): storable(request.POST[name]) for name in request.POST if name.startswith(start)}
