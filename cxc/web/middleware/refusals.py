"""A refusal that no view handled becomes a page that says why."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cxc.core.files.storage import is_no_room
from cxc.core.refusals import NoRoom, StoreAway
from cxc.web.back_links import back_address
from cxc.workflow import (
    NotAllowed,
    Refused,
)

logger = logging.getLogger(__name__)


class RefusalMiddleware:
    """A refusal that a view did not handle becomes a page that says why: 403, or 409 with the way back.

    So do a disk that is full, the database's too (507), and a store of files that is away (503).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if is_no_room(error):
            logger.error("A disk is full", exc_info=error)
            error = NoRoom()
        if not isinstance(error, Refused):
            return None
        is_forbidden = isinstance(error, NotAllowed)
        back = back_address(request, to_itself=request.method != "GET")
        context = {"refusal": error, "back": back, "title": _refusal_title(request, is_forbidden)}
        return render(request, "refused.html", context, status=_refusal_status(error))


def _refusal_status(refusal: Refused) -> HTTPStatus:
    if isinstance(refusal, NoRoom):
        return HTTPStatus.INSUFFICIENT_STORAGE
    if isinstance(refusal, StoreAway):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.CONFLICT


def _refusal_title(request: HttpRequest, is_forbidden: bool) -> str:
    if request.method != "GET":
        return _("This was not done")
    return _("You may not see this") if is_forbidden else _("Not possible now")
