"""The lists: my exchanges (a Partnership's, or all), and visits."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cxc.ground.access import Body
from cxc.ground.views import PortalRequest, signed_in
from exchanges.filters import ExchangeFilter, VisitFilter, with_number
from exchanges.models import Exchange, Visit

ROWS = 25


@signed_in
@require_GET
def exchanges(request: PortalRequest) -> HttpResponse:
    """The exchanges that one may see."""
    mine = Exchange.objects.visible_to(request.actor).with_faces()
    found = ExchangeFilter(request.GET, queryset=mine)
    page = Paginator(found.qs, ROWS).get_page(request.GET.get("page"))
    may_record = request.actor.may_write and request.actor.body in (Body.PARTNERSHIP, Body.SUPPORT_OFFICE)
    return render(request, "exchanges/exchanges.html", {"filter": found, "page": page, "may_record": may_record})


@signed_in
@require_GET
def visits(request: PortalRequest) -> HttpResponse:
    """The visits that one takes part in."""
    mine = Visit.objects.visible_to(request.actor).select_related("lead", "host_profile__organisation__country")
    found = VisitFilter(request.GET, queryset=with_number(mine).order_by("-first_day", "-pk"))
    page = Paginator(found.qs, ROWS).get_page(request.GET.get("page"))
    return render(request, "exchanges/visits.html", {"filter": found, "page": page})
