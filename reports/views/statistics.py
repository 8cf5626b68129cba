"""Statistics, for everybody: the page, and files of exactly what it shows."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxc import clock
from cxc.access.guards import PortalRequest, public
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Principal
from cxc.documents import pdf
from profiles.models import Partnership
from reports import exports, pdf_report
from reports.filter_summary import filter_summary
from reports.forms import StatisticsForm
from reports.statistics import Filters, statistics
from reports.statistics_sections import sections_of
from reports.tables import KEYS, tables_of

_FILES = {"statistics_csv": "CSV", "statistics_xlsx": "XLSX", "statistics_json": "JSON", "statistics_pdf": "PDF"}


def _page(request: HttpRequest, form: StatisticsForm) -> HttpResponse:
    """The page of the form: with its figures, or with what is wrong with it (400)."""
    context: dict[str, Any] = {
        "form": form,
        "own": _own(request),
        "query": _query(request),
        "files": [(reverse(name), kind) for name, kind in _FILES.items()],
    }
    if form.is_valid():
        filters = form.filters()
        context |= {"sections": sections_of(filters), "filter_summary": filter_summary(filters), "today": clock.today()}
    return render(request, "reports/statistics.html", context, status=200 if form.is_valid() else 400)


def _query(request: HttpRequest) -> str:
    """What was asked for, as the end of an address."""
    given = request.GET.copy()
    for name in [name for name, value in given.items() if not value]:
        del given[name]
    return f"?{given.urlencode()}" if given else ""


def _own(request: HttpRequest) -> Partnership | None:
    """The Partnership for which somebody acts."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.principal is not Principal.PARTNERSHIP:
        return None
    return Partnership.objects.filter(pk=actor.principal_id).first()


@public
@require_safe
def statistics_page(request: HttpRequest) -> HttpResponse:
    """The figures as pictures and tables; with a parameter that can't be read, the form again and its sentence."""
    return _page(request, StatisticsForm(request.GET))


@public
@rate_limited("render")
@require_safe
def statistics_json(request: HttpRequest) -> HttpResponse:
    """The figures under the keys of docs/statistics.md; 400 with sentences for a bad parameter."""
    form = StatisticsForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.sentences()}, status=400)
    return JsonResponse(statistics(form.filters()))


def _file(request: HttpRequest, answer: Callable[[Filters], HttpResponseBase]) -> HttpResponseBase:
    """A file of the filters; the page with its sentences where they can't be read."""
    form = StatisticsForm(request.GET)
    return answer(form.filters()) if form.is_valid() else _page(request, form)


@public
@rate_limited("render")
@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponseBase:
    """All tables in one file, a line for each number."""
    return _file(request, lambda filters: exports.tables_as_csv(tables_of(statistics(filters))))


@public
@rate_limited("render")
@require_safe
def statistics_table(request: HttpRequest, key: str) -> HttpResponseBase:
    """One table as a file, as it stands on the page."""
    if key not in KEYS:
        raise Http404
    return _file(request, lambda filters: exports.table_as_csv(tables_of(statistics(filters))[KEYS.index(key)]))


@public
@rate_limited("render")
@require_safe
def statistics_xlsx(request: HttpRequest) -> HttpResponseBase:
    """A spreadsheet, a sheet for each table."""
    return _file(request, lambda filters: exports.tables_as_book(tables_of(statistics(filters)), filters))


@public
@rate_limited("render")
@require_safe
def statistics_pdf(request: PortalRequest) -> HttpResponseBase:
    """The report; while a worker makes it, a page that says so and looks again."""
    return _file(request, lambda filters: _report(request, filters))


def _report(request: HttpRequest, filters: Filters) -> HttpResponse:
    if not pdf.available():
        return _pending_page(request, filters, pdf.missing_sentence(), status=503)
    context = pdf_report.report_context(filters)
    key = pdf_report.key_of(context)
    content = pdf_report.cached_pdf(key)
    if content is None:
        try:
            pdf_report.request_report(key, context)
        except pdf_report.TooManyReportsError:
            problem = _("Many reports are being made just now. Look again in a minute.")
            return _pending_page(request, filters, problem, status=503)
        except pdf_report.NoWorkerError:
            problem = _(
                "Reports can't be made at the moment. Try again in a few minutes, or download the tables instead."
            )
            return _pending_page(request, filters, problem, status=503)
        return _pending_page(request, filters, "", status=202)
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": request.get_full_path()})
    headers = {"Content-Disposition": f'inline; filename="statistics-{context["head"].dated}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _pending_page(request: HttpRequest, filters: Filters, problem: str, *, status: int) -> HttpResponse:
    """How far the report is; to the part of the page that looks again by itself, only that part."""
    context = {"problem": problem, "filter_summary": filter_summary(filters), "query": _query(request)}
    if getattr(request, "htmx", False):
        return render(request, "reports/report_progress.html", context)
    return render(request, "reports/report_pending.html", context, status=status)
