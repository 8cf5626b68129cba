"""The way back to where a person came from."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse

from cxc.core.links import own_path


def back_address(request: HttpRequest, otherwise: str = "", *, to_itself: bool = False) -> str:
    """Where the person came from, on this site; the thing's own page, the first page or the home page otherwise.

    `to_itself`: the page itself counts, as for a form whose answer was a refusal; otherwise it is no way back.
    """
    for named in (request.POST.get("next"), request.GET.get("next"), request.headers.get("Referer")):
        path = own_path(request, named or "")
        if path and (to_itself or urlsplit(path).path != request.path):
            return path
    return otherwise or (reverse("todo") if request.user.is_authenticated else "/")
