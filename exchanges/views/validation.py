"""The Support Office's validation: the queue, and one screen for each visit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce, Least
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Principal
from cxc.workflow import StatefulModel
from cxc.workflow.deadlines import Deadlines
from exchanges.deadlines import validation_due_on
from exchanges.enums import PartState
from exchanges.forms.validation import ValidationForm
from exchanges.models import Visit
from exchanges.services.outcomes import Outcome
from exchanges.services.validation import return_each, validate_together
from exchanges.views.form_page import post_data, warn_of_skipped

READY = PartState.READY
# Each has an index of its own, and all of them together have none.
NEEDS_VALIDATION = (
    Q(shared_part__state=READY),
    Q(exchanges__own_part__state=READY),
    Q(exchanges__agreement__state=READY),
)


def _support_office_only(request: PortalRequest) -> None:
    if request.actor.principal is not Principal.SUPPORT_OFFICE:
        raise PermissionDenied


@signed_in
@require_GET
def queue(request: PortalRequest) -> HttpResponse:
    """Visits with something to validate: by start date, then by how long they wait."""
    _support_office_only(request)
    deadlines = Deadlines()
    rows = [_queue_row(visit, deadlines) for visit in visits_to_validate()]
    return render(request, "exchanges/validation.html", {"rows": rows, "visits": [row.visit for row in rows]})


@dataclass(frozen=True)
class QueueRow:
    """A visit in the queue; what of it is late."""

    visit: Any
    answer_due_on: date | None
    has_begun: bool
    is_late: bool


def _queue_row(visit: Any, deadlines: Deadlines) -> QueueRow:
    """The answer is due as the to-do tells it, counted for the lead; today is the visit's own day."""
    answer_due_on, today = validation_due_on(visit.waits_since, deadlines, visit.lead), deadlines.today(visit.time_zone)
    return QueueRow(visit, answer_due_on, visit.starts_on <= today, answer_due_on is not None and answer_due_on < today)


def visits_to_validate() -> QuerySet[Visit]:
    """Each with `starts_on` (its earliest agreed or planned start) and `waits_since`, the longest wait."""
    first, *others = (Visit.objects.filter(one).order_by().values("pk") for one in NEEDS_VALIDATION)
    ids = list(first.union(*others).values_list("pk", flat=True))  # at once: so many joins are planned as written
    return (
        Visit.objects.filter(pk__in=ids)
        .annotate(
            starts_on=Coalesce(Min("exchanges__agreed_start"), Min("exchanges__planned_start"), "first_day"),
            waits_since=_longest_wait(),
        )
        .select_related("lead__seat", "host_profile__organisation__country")
        .order_by("starts_on", "waits_since", "pk")
    )


def _longest_wait() -> Any:
    return Least(
        Min("shared_part__ready_at", filter=Q(shared_part__state=READY)),
        Min("exchanges__own_part__ready_at", filter=Q(exchanges__own_part__state=READY)),
        Min("exchanges__agreement__ready_at", filter=Q(exchanges__agreement__state=READY)),
    )


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def visit(request: PortalRequest, pk: int) -> HttpResponse:
    """Shared part on top, own parts and agreements beneath; validated or returned together."""
    _support_office_only(request)
    documented = Visit.objects.filter(shared_part__isnull=False)
    found = get_object_or_404(documented.select_related("lead", "host_profile__organisation__country"), pk=pk)
    form = ValidationForm(post_data(request), visit=found)
    if request.method == "POST" and form.is_valid():
        _add_messages(request, form, _carry_out(request, form, found))
        return redirect("validation_visit", pk) if _still_needs_validation(found) else redirect("validation")
    status = 400 if form.is_bound else 200
    return render(request, "exchanges/validation_visit.html", _context(found, form), status=status)


def _carry_out(request: PortalRequest, form: ValidationForm, visit: Visit) -> Outcome[StatefulModel, StatefulModel]:
    own, agreements = form.chosen_own(), form.chosen_agreements()
    if form.returns_shared:
        return return_each([visit.shared_part], by=request.actor, reason=form.comments_text)
    if form.returns:
        return return_each([*own, *agreements], by=request.actor, reason=form.comments_text)
    return validate_together(
        visit, by=request.actor, own=own, agreements=agreements, editorial=form.is_editorial, note=form.comments_text
    )


def _add_messages(request: PortalRequest, form: ValidationForm, outcome: Outcome[StatefulModel, StatefulModel]) -> None:
    """What was done, and what was skipped with what it is missing."""
    if count := len(outcome.done):
        messages.success(request, _done_message(form, count) % {"count": count})
    warn_of_skipped(request, outcome.skipped)


def _done_message(form: ValidationForm, count: int) -> str:
    if form.returns or form.returns_shared:
        return ngettext("%(count)s document returned.", "%(count)s documents returned.", count)
    return ngettext("%(count)s document validated.", "%(count)s documents validated.", count)


def _still_needs_validation(visit: Visit) -> bool:
    return any(Visit.objects.filter(one, pk=visit.pk).exists() for one in NEEDS_VALIDATION)


def _context(visit: Visit, form: ValidationForm) -> dict[str, Any]:
    shared = visit.shared_part
    return {
        "visit": visit,
        "shared": shared,
        "texts": [(label, getattr(shared, name)) for name, label in shared.TEXTS.items()],
        "form": form,
        "exchanges": form.exchanges,
    }
