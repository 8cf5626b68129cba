"""An exchange's own documents: own part of the CTQ, Financial Agreement, ceiling, signatures."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cxc.access.confirmed_identity import confirmed_identity
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor, may_see
from cxc.workflow import NotAllowed, perform
from exchanges.documents.kinds import signed_documents
from exchanges.enums import Party
from exchanges.forms.ctq import OwnPartForm
from exchanges.forms.documents import (
    AgreementForm,
    AmountForm,
    CeilingForm,
    SignDocumentsForm,
    still_to_sign,
)
from exchanges.models import DocumentVersion, Exchange, FinancialAgreement, OwnPart, Signature
from exchanges.services.signatures import parties_to_sign, sign_on_paper
from exchanges.views.form_page import document_form_page, form_page, post_data, post_data_and_files, require_available
from profiles.models import User

WRITING = ("GET", "POST")


@signed_in
@require_http_methods(WRITING)
def own_part(request: PortalRequest, pk: int) -> HttpResponse:
    """Write the own part of the CTQ."""
    own = OwnPart.objects.select_related("exchange__visit__host_profile__organisation").get_for(
        request.actor, exchange=pk
    )
    return document_form_page(request, own, OwnPartForm, title=_("Own part of the CTQ"), thing=own.exchange)


@signed_in
@confirmed_identity
@require_http_methods(WRITING)
def agreement(request: PortalRequest, pk: int) -> HttpResponse:
    """Enter payee, bank account and payment terms."""
    part = _agreement(request, pk)
    return document_form_page(request, part, AgreementForm, title=_("Payee and bank account"), thing=part.exchange)


@signed_in
@require_http_methods(WRITING)
def amount(request: PortalRequest, pk: int) -> HttpResponse:
    """Set the amount of the Financial Agreement."""
    part = _agreement(request, pk)
    available = require_available(part, request.actor, "set_amount")
    form = AmountForm(post_data(request), initial={"amount": part.exchange.agreed_lump_sum})

    def save(data: dict[str, Any]) -> None:
        perform(part, "set_amount", by=request.actor, amount=data["amount"])

    context: dict[str, Any] = {"available": available, "thing": part.exchange, "template": "exchanges/money_form.html"}
    context["button"] = _("Save the amount")
    return form_page(
        request, form, save, title=_("Amount"), back=part.get_absolute_url(), exchange=part.exchange, **context
    )


@signed_in
@require_http_methods(WRITING)
def ceiling(request: PortalRequest, pk: int) -> HttpResponse:
    """Set a higher ceiling for one exchange."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    available = require_available(exchange, request.actor, "raise_ceiling", "raise_ceiling_while_ongoing")
    form = CeilingForm(post_data(request))

    def save(data: dict[str, Any]) -> None:
        perform(exchange, available.transition.name, by=request.actor, reason=data["reason"], ceiling=data["ceiling"])

    context: dict[str, Any] = {
        "available": available,
        "thing": exchange,
        "exchange": exchange,
        "template": "exchanges/money_form.html",
        "button": _("Set the ceiling"),
    }
    back = f"{exchange.get_absolute_url()}#agreed"
    return form_page(request, form, save, title=_("Higher ceiling"), back=back, **context)


@signed_in
@rate_limited("mail")
@require_http_methods(WRITING)
def sign(request: PortalRequest, pk: int) -> HttpResponse:
    """Hand in what was signed on paper, for one's own body or a visitor or host that one looks after."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    parties = parties_to_sign(exchange, request.actor)
    if not parties:
        raise NotAllowed(_("Only the parties, their Partnerships and the Support Office hand in signatures."))
    versions = versions_to_sign(exchange, request.actor, parties)
    form = _sign_form(request, exchange, parties, versions)

    def save(_data: dict[str, Any]) -> str:
        return _sign(form, request)

    back = f"{exchange.get_absolute_url()}#ctq"
    context: dict[str, Any] = {"thing": exchange, "template": "exchanges/sign.html"}
    context |= {"signing": [_signing(version) for version in versions.values()]}
    context["button"] = _("Hand in the scan")
    return form_page(request, form, save, title=_("Signed on paper"), back=back, **context)


def _sign_form(
    request: PortalRequest, exchange: Exchange, parties: list[Party], versions: dict[str, DocumentVersion]
) -> SignDocumentsForm:
    """The signing form. It offers what is still to sign; the service refuses what is signed and says by whom."""
    if request.method == "GET" and versions:
        left = {key: still_to_sign(parties, version) for key, version in versions.items()}
        versions = {key: version for key, version in versions.items() if left[key]}
        parties = [party for party in parties if any(party in each for each in left.values())]
    return SignDocumentsForm(*post_data_and_files(request), exchange=exchange, parties=parties, versions=versions)


@dataclass(frozen=True)
class Signing:
    """A version on the signing page: who has signed it, and who has not yet."""

    version: DocumentVersion
    given: list[Signature]
    left: list[Party]


def _signing(version: DocumentVersion) -> Signing:
    return Signing(version, version.valid_signatures(), version.unsigned_parties())


def versions_to_sign(exchange: Exchange, actor: Actor, parties: list[Party]) -> dict[str, DocumentVersion]:
    """The versions in force that one of these parties signs, by the kind of document, as the form knows them."""
    seen = [document for document in signed_documents() if may_see(actor, exchange, document.permission)]
    found = {document.kind: document.version_in_force(exchange) for document in seen}
    return {kind: version for kind, version in found.items() if version and set(version.parties) & set(parties)}


def _sign(form: SignDocumentsForm, request: PortalRequest) -> str:
    made = sign_on_paper(
        versions=form.chosen(),
        party=form.party,
        signer=User.objects.get(pk=form.signer_id),
        signed_on=form.cleaned_data["signed_on"],
        scan=form.cleaned_data["scan"],
        by=request.actor,
    )
    return ngettext("%(count)s signature recorded.", "%(count)s signatures recorded.", len(made)) % {"count": len(made)}


def _agreement(request: PortalRequest, pk: int) -> FinancialAgreement:
    documents = FinancialAgreement.objects.select_related("exchange__visit__host_profile__organisation__country")
    return documents.get_for(request.actor, exchange=pk)
