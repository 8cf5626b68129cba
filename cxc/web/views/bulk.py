"""The page of a bulk action: filled in, previewed, confirmed, under way, finished."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cxc import clock
from cxc.access.actors import actor_for_principal
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import Actor
from cxc.bulk import runs
from cxc.bulk.actions import BulkAction
from cxc.bulk.models import BulkItem, BulkRun, RunStatus
from cxc.core.links import own_path
from cxc.core.sanitise import LONG, storable
from cxc.web.exports import download
from cxc.web.form_drafts import store
from cxc.web.form_drafts.record import is_save_by_itself, saved_answer
from cxc.workflow import ReasonMissing, consequences

# So many items have a row of their own in the form; the others get their values from “Fill in for all”.
MOST_FORMS = 100
# So many items are listed, those that can't be done first; the file holds all.
MOST_SHOWN = 200
ALL = "all"


@dataclass(frozen=True)
class ListedItem:
    """An item on the page, with the thing itself; None where that is gone or no longer theirs to see."""

    item: BulkItem
    thing: Any


@dataclass(frozen=True)
class FormRow:
    """An item that is filled in: a field for each column, None where its form has none of that name."""

    item: BulkItem
    thing: Any
    cells: Sequence[Any]


@dataclass(frozen=True)
class OwnRun:
    """A run of the person who asks, and the actor they still are for it."""

    run: BulkRun
    actor: Actor

    @property
    def action(self) -> BulkAction | None:
        return self.run.declared

    def load(self, items: Iterable[BulkItem]) -> dict[int, Any]:
        return self.action.load((item.thing_id for item in items), self.actor) if self.action else {}


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
    runs.write_values(own.run, _typed(request, own.run))
    if is_save_by_itself(request):
        store.erase(by=request.actor, address=own.run.get_absolute_url())
        return saved_answer(clock.now())
    for_all = {name: value for name, value in _of_prefix(request, ALL).items() if value}
    if "fill" in request.POST:
        runs.set_for_all(own.run, for_all)
    elif "preview" in request.POST and for_all:
        messages.warning(request, _("Press “Fill in for all”, or empty the first row: its values are not used yet."))
        return render(request, "bulk/run.html", _context(own, for_all), status=400)
    elif "preview" in request.POST:
        runs.request_preview(own.run)
    return redirect(own.run)


@signed_in
@require_POST
def confirm(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Carry out what can be done."""
    own = _own_run(request, pk)
    reason = storable(request.POST.get("reason", ""))[:LONG]
    try:
        runs.confirm(own.run, reason)
    except ReasonMissing as refusal:
        context = _context(own) | {"refusal": refusal, "reason": reason}
        return render(request, "bulk/run.html", context, status=400)
    if own.run.confirmed_at is None:
        messages.warning(request, _("Look at the preview again, and confirm that: what you entered has changed."))
        runs.request_preview(own.run)
    return redirect(_page_after(request, own.run))


def _page_after(request: PortalRequest, found: BulkRun) -> str:
    """Where it began, when all is done; else the result with what was left out."""
    left = found.items.exclude(outcome=BulkItem.Outcome.DONE).exists()
    page = own_path(request, found.next_url)
    if found.status is not RunStatus.FINISHED or left or found.left_out or not page:
        return found.get_absolute_url()
    done = found.items.count()
    text = ngettext("%(action)s: %(done)d done.", "%(action)s: %(done)d done.", done)
    messages.success(request, text % {"action": found, "done": done})
    return page


@signed_in
@require_POST
def discard(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Leave everything as it is, and go back."""
    found = _own_run(request, pk).run
    if found.confirmed_at is None:
        found.delete()
    return redirect(own_path(request, found.next_url) or "todo")


def _own_run(request: PortalRequest, pk: int) -> OwnRun:
    """Http404 for somebody else's, and where the person no longer acts for the principal of then."""
    found: BulkRun = get_object_or_404(BulkRun.objects.visible_to(request.actor), pk=pk)
    actor = actor_for_principal(found.by_user, found.principal, found.principal_id)
    if actor is None:
        raise Http404
    return OwnRun(found, actor)


def _file(found: BulkRun) -> HttpResponseBase:
    """Of each item its name, whether it can be done, what came of it, and why."""
    headings = (_("Item"), _("Can be done"), _("Result"), _("Reason"))
    lines = (
        (item.label, item.can_be_done, item.get_outcome_display(), " ".join(item.sentences))
        for item in found.items.all()
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
    return {
        **_figures(found),
        "action": action,
        "consequence": consequences.sentence_for(action.kind, action.transition) if action else "",
        "listed": _listed(own),
        **(_form_rows(own, action, for_all or {}) if has_form and action is not None else {}),
        "mails": _mails(found) if found.status is RunStatus.PREVIEWED else [],
        "reason_required": found.reason_required,
        "file_url": f"{reverse('bulk_run', args=[found.pk])}?format=csv",
        "longest": LONG,
    }


def _figures(found: BulkRun) -> dict[str, Any]:
    """How many items there are, are previewed, can be done, are done, skipped, failed."""
    rows = found.items.values_list("can_be_done", "outcome")
    possible, outcomes = Counter(one for one, _outcome in rows), Counter(outcome for _one, outcome in rows)
    total = sum(outcomes.values())
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


def _form_rows(own: OwnRun, action: BulkAction, for_all: dict[str, Any]) -> dict[str, Any]:
    """The columns, with the fields of each item, and a first row for all: empty, or as it was typed.

    A column is a field that one of the forms shows: of a virtual exchange, there is no lump sum.
    """
    items = list(own.run.items.order_by("position")[:MOST_FORMS])
    things = own.load(items)
    known = [(item, things[item.thing_id]) for item in items if item.thing_id in things]
    forms = [_form(action, item.prefix, thing, item.form_data) for item, thing in known]
    fullest = max(forms, key=lambda form: len(form.visible_fields()), default=None)
    if fullest is None:
        return {}
    names = [field.name for field in fullest.visible_fields()]
    first = _form(action, ALL, known[forms.index(fullest)][1], {})
    for field in first.fields.values():
        field.initial = None
    first.initial = for_all
    rows = [FormRow(*pair, _cells(form, names)) for pair, form in zip(known, forms, strict=True)]
    return {"forms": [first, *forms], "form_rows": rows, "for_all": _cells(first, names)}


def _form(action: BulkAction, prefix: str, thing: Any, initial: dict[str, Any]) -> Any:
    assert action.form is not None
    return action.form(initial=initial, prefix=prefix, thing=thing)


def _cells(form: Any, names: Iterable[str]) -> list[Any]:
    shown = {field.name: field for field in form.visible_fields()}
    return [shown.get(name) for name in names]


def _mails(found: BulkRun) -> list[dict[str, Any]]:
    """The different mails that would be sent, by the beginning of their subject: number, and the text of the first."""
    different: dict[str, dict[str, Any]] = {}
    for mails in found.items.filter(can_be_done=True).order_by("position").values_list("mails", flat=True):
        for mail in mails:
            one = different.setdefault(mail["subject"].partition(":")[0], {**mail, "count": 0})
            one["count"] += mail["count"]
    return list(different.values())


def _typed(request: PortalRequest, found: BulkRun) -> dict[int, dict[str, Any]]:
    """What the page sends for each item that it shows."""
    return {item.pk: values for item in found.items.only("pk", "run") if (values := _of_prefix(request, item.prefix))}


def _of_prefix(request: PortalRequest, prefix: str) -> dict[str, Any]:
    start = f"{prefix}-"
    return {name.removeprefix(start): storable(request.POST[name]) for name in request.POST if name.startswith(start)}
