"""A document read page by page and signed on the screen. Rule: docs/signing.md."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cxc.access.confirmed_identity import ConfirmedRequest, confirmed_identity
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.web.pdf_pages import page_picture
from cxc.workflow import NotAllowed
from exchanges.enums import ReadingKind
from exchanges.forms.documents import still_to_sign
from exchanges.forms.signing import ColleagueForm, SignedFileForm, SignOnScreenForm
from exchanges.models import DocumentVersion
from exchanges.presenters.page_texts import page_texts
from exchanges.presenters.signing import DocumentSigning, signing_of
from exchanges.queries.documents import version_open_to
from exchanges.services.document_readings import version_was_read
from exchanges.services.signatures import enter_signed_file, parties_to_sign, sign_on_screen
from exchanges.services.signing_colleagues import colleagues, pass_on
from exchanges.views.form_page import SaveResult, form_page, post_data, post_data_and_files

PAGE_WIDTH = 1600


@signed_in
@rate_limited("mail")
@confirmed_identity
@require_http_methods(["GET", "POST"])
def sign(request: ConfirmedRequest, pk: int) -> HttpResponse:
    """Read one version of a document and, as a signatory of a party, sign it; others who may read it see the same."""
    version = _version(request, pk)
    signing = signing_of(version, request.actor)
    if request.method == "POST" and signing.party is None:
        raise NotAllowed(_("Only those who may sign for one of the parties can sign this document."))
    if request.method == "GET" and version.pdf is not None:
        version_was_read(version, ReadingKind.OPENED, request.actor)
    form = SignOnScreenForm(post_data(request), body=signing.body)

    def save(_data: dict[str, Any]) -> SaveResult:
        assert request.confirmation is not None  # `confirmed_identity` asks for it
        sign_on_screen(version, confirmation=request.confirmation, by=request.actor)
        return SaveResult(next_url=reverse("document_sign", args=[pk]))

    context: dict[str, Any] = {"template": "exchanges/sign_document.html", "thing": version.exchange}
    context |= _shown(request, signing)
    back = f"{version.exchange.get_absolute_url()}#{version.kind}"
    return form_page(request, form, save, title=_sign_title(signing), back=back, **context)


def _sign_title(signing: DocumentSigning) -> str:
    return _("Read and sign: %(document)s") % {"document": signing.document.label}


def _shown(request: PortalRequest, signing: DocumentSigning) -> dict[str, Any]:
    """What the page shows beside the form; the pages are read only when it is shown."""
    pdf = signing.version.pdf
    return {
        "signing": signing,
        "shown": SimpleLazyObject(lambda: page_texts(pdf)) if pdf is not None else None,
        "hands_in_scans": bool(parties_to_sign(signing.version.exchange, request.actor)),
    }


def _version(request: PortalRequest, pk: int) -> DocumentVersion:
    """A version of a document that parties sign."""
    version = version_open_to(request.actor, pk)
    if not version.parties:
        raise Http404
    return version


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def colleague(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask a colleague who may sign for the same body to sign instead."""
    version = _version(request, pk)
    signing = signing_of(version, request.actor)
    if signing.party is None:
        raise NotAllowed(_("Only those who may sign for one of the parties can pass this document to a colleague."))
    form = ColleagueForm(post_data(request), colleagues=colleagues(version, signing.party, request.actor))
    back = reverse("document_sign", args=[pk])

    def save(data: dict[str, Any]) -> str:
        pass_on(version, data["colleague"], by=request.actor)
        return _("%(person)s is asked by mail to sign.") % {"person": data["colleague"]}

    context: dict[str, Any] = {"thing": version, "template": "exchanges/pass_on.html", "button": _("Send the request")}
    return form_page(request, form, save, title=_("Pass to a colleague"), back=back, **context)


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def signed_file(request: PortalRequest, pk: int) -> HttpResponse:
    """Hand in the PDF of this version as somebody has signed it elsewhere, with a certificate."""
    version = _version(request, pk)
    parties = still_to_sign(parties_to_sign(version.exchange, request.actor), version)
    if not parties_to_sign(version.exchange, request.actor):
        raise NotAllowed(_("Only the parties, their Partnerships and the Support Office hand in signatures."))
    form = SignedFileForm(*post_data_and_files(request), version=version, parties=parties)
    back = reverse("document_sign", args=[pk])

    def save(data: dict[str, Any]) -> SaveResult:
        enter_signed_file(version, party=form.party, signer=form.person, upload=data["file"], by=request.actor)
        return SaveResult(_("The signature is recorded."), back)

    context: dict[str, Any] = {
        "thing": version,
        "template": "exchanges/signed_file.html",
    }
    context |= {"document": version, "button": _("Hand in the signed file")}
    return form_page(request, form, save, title=_("A file signed elsewhere"), back=back, **context)


@signed_in
@rate_limited("picture")
@require_GET
def page(request: PortalRequest, pk: int, number: int) -> HttpResponse:
    """One page of the PDF as a picture."""
    version = _version(request, pk)
    if version.pdf is None:
        raise Http404
    return page_picture(version.pdf, number, width=PAGE_WIDTH)
