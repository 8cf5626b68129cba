"""Handing in evidence of a stay."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.core.models import StoredFile
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.forms.evidence import EvidenceForm
from exchanges.models import Evidence, Exchange
from exchanges.services.evidence_submission import hand_in
from exchanges.views.form_page import form_page, post_data_and_files, require_may_create


@signed_in
@require_http_methods(["GET", "POST"])
def evidence(request: PortalRequest, pk: int) -> HttpResponse:
    """Hand in a piece of evidence."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    require_may_create(Evidence(exchange=exchange), request.actor, "upload")
    form = EvidenceForm(*post_data_and_files(request), exchange=exchange, actor=request.actor)

    @unit_of_work()
    def save(data: dict[str, Any]) -> str:
        stored = StoredFile.store_upload(data["file"], by=request.user)
        piece = hand_in(exchange, kind=data["kind"], note=data["note"], file=stored, by=request.actor)
        return _("Handed in: %(piece)s.") % {"piece": piece.get_kind_display()}

    back = f"{exchange.get_absolute_url()}#evidence"
    return form_page(request, form, save, title=_("Hand in evidence"), back=back, thing=exchange)
