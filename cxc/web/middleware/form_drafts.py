"""A form that was handed in is no draft any more."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from cxc.web.form_drafts import store
from cxc.web.form_drafts.restore import DONE_COOKIE, DRAFT_FIELD


class FormDraftMiddleware:
    """The draft of a form that was taken is erased; a cookie tells the browser to erase its own copy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_taken = response.status_code in (302, 303) and not getattr(response, "is_detour", False)
        if request.method == "POST" and is_taken:
            _erase_taken(request, response)
        return response


def _erase_taken(request: Any, response: HttpResponse) -> None:
    """A redirect says that the form was taken; one to the sign-in says nothing of the kind."""
    address, _space, token = request.POST.get(DRAFT_FIELD, "").rpartition(" ")
    if address and request.user.is_authenticated:
        store.erase(by=request.actor, address=address)
        if token.isascii() and token.isalnum() and len(token) <= 12:
            response.set_cookie(DONE_COOKIE + token, "1", max_age=600, samesite="Lax")
