"""The page of an exchange."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import authorised
from cxc.web.quick_look import render_record
from cxc.workflow.batch import reading_together
from exchanges.presenters.exchange_page import exchange_page_context
from exchanges.queries.exchange_page import exchange_with_page
from exchanges.queries.lists import take_hosts_from_visits


@signed_in
@require_GET
def exchange(request: PortalRequest, pk: int) -> HttpResponse:
    """Facts, documents, money and history of one exchange, each for those who may see it."""
    found = authorised(exchange_with_page(pk), request.actor)
    take_hosts_from_visits([found])
    with reading_together() as batch:
        batch.add([found])
        context = exchange_page_context(found, request.actor)
        return render_record(
            request, "exchanges/exchange.html", context, quick_look="exchanges/exchange_quick_look.html"
        )
