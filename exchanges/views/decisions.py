"""The reading desk: evidence and reports that wait for a decision, each read beside it, one after the other."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.core.sanitise import whole_number
from cxc.workflow import NotAllowed, available_transition, perform
from cxc.workflow.deadlines import Deadlines
from exchanges.deadlines import decision_due_on
from exchanges.enums import EVIDENCE, REPORT
from exchanges.filters import ExchangeFilter
from exchanges.forms.decisions import DecisionForm, ReportDecisionForm
from exchanges.models import Evidence, Exchange, FinalActivityReport, Visit
from exchanges.presenters.exchange_page import report_answers
from exchanges.presenters.page_texts import page_texts
from exchanges.queries.decisions import Waiting, acts_for_deciders, after, may_decide, waiting_for
from exchanges.services.document_openings import report_was_opened
from exchanges.views.form_page import SaveResult, form_page, post_data
from profiles.deadlines import seat_date

WRITING = ("GET", "POST")
ROWS = 25
# Showing the file is what meets it.
OPENED = "evidence_opened"
_RELATIONS = ("organisation", "match__visiting_profile__partnership__seat", "visit__host_profile__organisation")


def _deciders_only(request: PortalRequest) -> None:
    _require(may_decide(request.actor))


def _require(is_allowed: bool) -> None:
    if not is_allowed:
        raise NotAllowed(_("Coordinators of the visitor's Partnership and the Support Office decide on these."))


def _queue(request: PortalRequest) -> list[Waiting]:
    """What waits, of the exchanges that the address narrows it down to: as the list of exchanges does, or a visit."""
    found: QuerySet[Exchange] = ExchangeFilter(request.GET, queryset=Exchange.objects.all(), request=request).qs
    visit = whole_number(request.GET.get("visit", ""))
    return waiting_for(request.actor, found if visit is None else found.filter(visit=visit))


@dataclass(frozen=True)
class QueueRow:
    """One thing that waits, with its exchange, where it is read, and by when an answer is due."""

    waiting: Waiting
    exchange: Exchange
    url: str
    due: date
    is_late: bool


@signed_in
@require_GET
def queue(request: PortalRequest) -> HttpResponse:
    """All that waits for one's decision, those that wait longest first; to a reader it says who decides."""
    _require(acts_for_deciders(request.actor))
    waiting = _queue(request)
    page = Paginator(waiting, ROWS).get_page(request.GET.get("page"))
    visit = Visit.objects.visible_to(request.actor).filter(pk=whole_number(request.GET.get("visit", "")) or 0).first()
    context = {"page": page, "rows": _rows(request, page), "count": len(waiting), "visit": visit}
    context["may_decide"] = may_decide(request.actor)
    return render(request, "exchanges/decisions.html", context)


def _rows(request: PortalRequest, page: Page) -> list[QueueRow]:
    exchanges = Exchange.objects.select_related(*_RELATIONS).in_bulk([one.exchange_id for one in page.object_list])
    deadlines = Deadlines()
    rows = []
    for one in page.object_list:
        exchange = exchanges[one.exchange_id]
        due = decision_due_on(one.since, deadlines, exchange.vop)
        is_late = due < seat_date(exchange.vop, deadlines.now)
        rows.append(QueueRow(one, exchange, _url(request, one), due, is_late))
    return rows


def _url(request: PortalRequest, waiting: Waiting) -> str:
    """Where it is read, in the same queue."""
    name = "evidence_decision" if waiting.is_evidence else "report_decision"
    return _in_queue(request, reverse(name, args=[waiting.pk]))


def _in_queue(request: PortalRequest, address: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return f"{address}?{query.urlencode()}" if query else address


@signed_in
@rate_limited("mail")
@require_http_methods(WRITING)
def evidence(request: PortalRequest, pk: int) -> HttpResponse:
    """One piece of evidence beside the decision on it."""
    _deciders_only(request)
    found: Evidence = Evidence.objects.select_related("file", "exchange__visit__host_profile__organisation").get_for(
        request.actor, pk=pk
    )
    form = DecisionForm(post_data(request))
    others = found.exchange.evidence.exclude(pk=found.pk).select_related("file")
    # Read when the page shows them: after a decision it does not.
    shown = SimpleLazyObject(lambda: page_texts(found.file))
    context = {"evidence": found, "shown": shown, "others": others}
    return _desk(request, found, form, since=found.uploaded_at, template="exchanges/decision_evidence.html", **context)


@signed_in
@rate_limited("mail")
@require_http_methods(WRITING)
def report(request: PortalRequest, pk: int) -> HttpResponse:
    """One report beside the decision on it, with a comment for each answer."""
    _deciders_only(request)
    found: FinalActivityReport = FinalActivityReport.objects.select_related(
        "exchange__visit__host_profile__organisation"
    ).get_for(request.actor, pk=pk)
    form = ReportDecisionForm(post_data(request), report=found, reader=request.user)
    if request.method == "GET" or not form.is_valid():
        report_was_opened(found, request.actor)
    answers = [(label, value, form[f"comment-{name}"]) for name, label, value in report_answers(found)]
    context = {"report": found, "answers": answers, "template": "exchanges/decision_report.html"}
    return _desk(request, found, form, since=found.submitted_at, **context)


def _desk(
    request: PortalRequest, thing: Evidence | FinalActivityReport, form: DecisionForm, *, since: Any, **context: Any
) -> HttpResponse:
    """The document, the decision, and the next one; after the decision the next one comes."""
    kind = EVIDENCE if isinstance(thing, Evidence) else REPORT
    waiting = _queue(request)
    following = after(waiting, kind, thing.pk, since)
    back = _in_queue(request, reverse("decisions"))
    next_url = _url(request, following) if following else back

    def save(_data: dict[str, Any]) -> SaveResult:
        return SaveResult(_carry_out(request, thing, form), next_url)

    context |= {"thing": thing, "exchange": thing.exchange, "next_url": next_url if following else ""}
    context |= {"left": len([one for one in waiting if (one.kind, one.pk) != (kind, thing.pk)])}
    context |= _choices(thing, request)
    return form_page(request, form, save, title=_title(thing), back=back, **context)


def _choices(thing: Evidence | FinalActivityReport, request: PortalRequest) -> dict[str, Any]:
    """What the reader can decide; where something stands in the way, the sentence in place of the button."""
    accept = available_transition(thing, request.actor, "accept")
    send_back = available_transition(thing, request.actor, "send_back")
    blocked = [unmet.sentence for unmet in (accept.unmet if accept else []) if unmet.name != OPENED]
    return {
        "accept": None if blocked else accept,
        "send_back": send_back if send_back and send_back.is_open else None,
        "blocked": blocked,
    }


def _title(thing: Evidence | FinalActivityReport) -> str:
    """The document by its whole name, with the reference of its exchange."""
    return str(thing) if isinstance(thing, Evidence) else f"{_('Final Activity Report')}, {thing.exchange.reference}"


def _carry_out(request: PortalRequest, thing: Evidence | FinalActivityReport, form: DecisionForm) -> str:
    if form.returns:
        perform(thing, "send_back", by=request.actor, reason=form.reason, **form.arguments)
        return _("Returned: %(what)s.") % {"what": thing}
    perform(thing, "accept", by=request.actor, reason=form.reason)
    return _("Accepted: %(what)s.") % {"what": thing}
