"""The page of an exchange."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cxc.access.guards import PortalRequest, signed_in
from exchanges.models import Exchange
from exchanges.presenters.exchange_page import exchange_page_context


@signed_in
@require_GET
def exchange(request: PortalRequest, pk: int) -> HttpResponse:
    """Facts, documents, money and history of one exchange, each for those who may see it."""
    found = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    return render(request, "exchanges/exchange.html", exchange_page_context(found, request.actor))
