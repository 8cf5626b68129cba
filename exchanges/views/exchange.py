"""The page of an exchange."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cxc.access.guards import PortalRequest, signed_in
from exchanges.models import Exchange
from exchanges.views.sections import sections_of


@signed_in
@require_GET
def exchange(request: PortalRequest, pk: int) -> HttpResponse:
    """Facts, papers, money and history of one exchange, each for those who may see it."""
    found = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    return render(request, "exchanges/exchange.html", sections_of(found, request.actor))
