"""Statistics, for everybody."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxc.ground.views import public
from reports.forms import StatisticsForm
from reports.statistics import statistics
from reports.tables import tables_of


@public
@require_safe
def statistics_page(request: HttpRequest) -> HttpResponse:
    """The figures as tables; with a parameter that can't be read, the form again and its sentence."""
    form = StatisticsForm(request.GET)
    tables = tables_of(statistics(form.filters())) if form.is_valid() else []
    context = {"form": form, "tables": tables, "json_query": request.GET.urlencode()}
    return render(request, "reports/statistics.html", context, status=200 if form.is_valid() else 400)


@public
@require_safe
def statistics_json(request: HttpRequest) -> HttpResponse:
    """The figures under the keys of docs/statistics.md; 400 with sentences for a bad parameter."""
    form = StatisticsForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.sentences()}, status=400)
    return JsonResponse(statistics(form.filters()))
