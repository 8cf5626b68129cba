"""The addresses that save and discard the draft of a form."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cxc.access.guards import PortalRequest, public, signed_in
from cxc.access.personal import principal_key
from cxc.core.links import own_path
from cxc.core.sanitise import whole_number
from cxc.web.form_drafts import store

# Bytes of a request that are read at all: each character of the longest text takes at most six of them in JSON.
MAX_BYTES = 6 * store.MAX_CHARACTERS
_WITHOUT_DRAFTS = ("/account/", "/support-office/")


@public
@require_POST
def save(request: PortalRequest) -> HttpResponseBase:
    """Save what stands in a form as a draft; answers when. 401 tells the page that the sign-in has ended."""
    if not request.actor.is_signed_in:
        return JsonResponse({"why": _("You are signed out.")}, status=HTTPStatus.UNAUTHORIZED)
    if (whole_number(request.META.get("CONTENT_LENGTH")) or 0) > MAX_BYTES:
        return _too_long()
    sent = _sent(request.body)
    if sent is None or not _is_a_page(sent["address"]):
        return JsonResponse({"why": _("This is no form of the portal.")}, status=HTTPStatus.BAD_REQUEST)
    if sent["principal"] != principal_key(request.actor):
        why = _("You now act for another organisation, Partnership or office.")
        return JsonResponse({"why": why}, status=HTTPStatus.CONFLICT)
    made = store.save(by=request.actor, address=sent["address"], fields=sent["fields"], base=sent["base"])
    if made is None:
        return _too_long()
    return JsonResponse({"at": made.saved_at.isoformat()})


def _too_long() -> JsonResponse:
    return JsonResponse({"why": _("This is too long to be kept.")}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _sent(body: bytes) -> dict[str, Any] | None:
    """What the page sends, looked at closely: address, base, principal, and pairs of name and value."""
    try:
        payload = json.loads(body)
        fields = [(str(name), str(value)) for name, value in payload["fields"]]
        return {"fields": fields, "address": str(payload["address"])[:400]} | {
            "base": str(payload["base"])[:2000],
            "principal": str(payload["principal"])[:64],
        }
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _is_a_page(address: str) -> bool:
    """Whether this is an address of the portal's own pages."""
    if not address.startswith("/") or address.startswith(_WITHOUT_DRAFTS):
        return False
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        return False
    return True


@signed_in
@require_POST
def discard(request: PortalRequest) -> HttpResponseBase:
    """Erase the draft, and show the form as the record stands."""
    address = request.POST.get("address", "")
    store.erase(by=request.actor, address=address)
    return redirect(own_path(request, address) or "todo")
