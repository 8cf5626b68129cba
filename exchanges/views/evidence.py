"""Handing in evidence of a stay."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.core.models import StoredFile
from cxc.workflow import NotAllowed, Refused
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.forms.evidence import EvidenceForm, HostLetterForm
from exchanges.models import Evidence, Exchange, Visit
from exchanges.queries.visits import VISITING_PROFILES
from exchanges.services.evidence_submission import exchanges_for_letter, hand_in, hand_in_letter, takes_letter
from exchanges.services.outcomes import Outcome
from exchanges.views.form_page import form_page, post_data_and_files, require_may_create, warn_of_skipped


@signed_in
@rate_limited("mail")
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


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def host_letter(request: PortalRequest, pk: int) -> HttpResponse:
    """Hand in one letter of the host for all its visitors."""
    visits = Visit.objects.select_related("lead", "host_profile__organisation").prefetch_related(VISITING_PROFILES)
    visit: Visit = visits.get_for(request.actor, pk=pk)
    exchanges = exchanges_for_letter(visit, request.actor)
    if not exchanges:
        raise NotAllowed(_("The host hands in this letter, or the visitor's Partnership for its own visitors."))
    if not takes_letter(exchanges, request.actor):
        raise Refused(_("Come back when the stay has begun: none of these exchanges takes evidence now."))
    form = HostLetterForm(*post_data_and_files(request))

    def save(data: dict[str, Any]) -> str:
        outcome = hand_in_letter(visit, upload=data["file"], by=request.actor, note=data["note"])
        return _letter_message(request, outcome)

    context: dict[str, Any] = {"thing": visit, "exchanges": exchanges, "template": "exchanges/host_letter.html"}
    context["button"] = _("Hand in this letter")
    back = f"{visit.get_absolute_url()}#exchanges"
    return form_page(request, form, save, title=_("Host's letter for all visitors"), back=back, **context)


def _letter_message(request: PortalRequest, outcome: Outcome[Exchange, Evidence]) -> str:
    """How many took it; the messages list those that were skipped, with the reason."""
    warn_of_skipped(request, outcome.skipped, lambda exchange: exchange.organisation)
    count = len(outcome.done)
    text = ngettext("Letter handed in for %(count)s exchange.", "Letter handed in for %(count)s exchanges.", count)
    return text % {"count": count} if count else ""
