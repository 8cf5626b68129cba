"""Who may open a view at all: everybody, or whoever is signed in."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from cxc.access.scoped import Actor

View = Callable[..., HttpResponseBase]

# What a view says of itself in its `access_rule`.
SIGNED_IN, PUBLIC = "signed in", "public"


class PortalRequest(HttpRequest):
    """A request with its actor (`profiles.middleware.ActorMiddleware`)."""

    actor: Actor


def signed_in(view: View) -> View:
    """Nobody signed in is sent to sign in, and comes back afterwards."""

    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor.is_signed_in:
            if "HX-Request" in request.headers or not request.accepts("text/html"):
                # A script would take the page of the sign-in for its answer.
                return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.access_rule = SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """Declares that everybody may see the page; the resolver's test wants each view to say so."""
    view.access_rule = PUBLIC  # type: ignore[attr-defined]
    return view
