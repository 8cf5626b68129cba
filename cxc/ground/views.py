"""What all screens share: who is asked in, and the page on which any move is confirmed."""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.scoped import Actor, may_see
from cxc.ground import consequences
from cxc.ground.addresses import own_path, path_of
from cxc.ground.kept_forms import keeping
from cxc.ground.models.events import StateEvent
from cxc.ground.storage import is_no_room
from cxc.ground.text_fields import FreeTextFormField
from cxc.ground.texts import LONG, one_full_stop, storable
from cxc.workflow import (
    AvailableTransition,
    NotAllowed,
    Refused,
    Stale,
    StatefulModel,
    available_transitions,
    perform,
    transitions_of,
)
from cxc.workflow.execution import not_allowed, sides_that_may, wrong_state
from cxc.workflow.refusals import NoRoom

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]


class PortalRequest(HttpRequest):
    """A request with its actor (`profiles.acting.ActorMiddleware`)."""

    actor: Actor


def signed_in(view: View) -> View:
    """Nobody signed in is sent to sign in, and comes back afterwards."""

    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor.is_signed_in:
            if "HX-Request" in request.headers:
                # A script would take the page of the sign-in for its answer.
                return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.asks_in = "signed in"  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """Declares that everybody may see the page; the resolver's test wants each view to say so."""
    view.asks_in = "public"  # type: ignore[attr-defined]
    return view


class RefusalMiddleware:
    """A refusal that a view did not handle becomes a page that says why: 403, or 409 with the way back.

    So does a disk that is full, the database's too: 507.
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


def too_many(request: HttpRequest) -> HttpResponse:
    """The page for too many requests; it says to try again in a minute, since all limits count by the minute."""
    response = render(request, "429.html", {"back": request.get_full_path()}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = "60"
    return response


def _refusal_status(refusal: Refused) -> HTTPStatus:
    if isinstance(refusal, NoRoom):
        return HTTPStatus.INSUFFICIENT_STORAGE
    return HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.CONFLICT


def _refusal_title(request: HttpRequest, is_forbidden: bool) -> str:
    if request.method != "GET":
        return _("This was not done")
    return _("You may not see this") if is_forbidden else _("Not possible now")


def back_address(request: HttpRequest, otherwise: str = "", *, to_itself: bool = False) -> str:
    """Where the person came from, on this site; the thing's own page, the first page or the home page otherwise.

    `to_itself`: the page itself counts, as for a form whose answer was a refusal; otherwise it is no way back.
    """
    for named in (request.POST.get("next"), request.GET.get("next"), request.headers.get("Referer")):
        path = own_path(request, named or "")
        if path and (to_itself or urlsplit(path).path != request.path):
            return path
    return otherwise or (reverse("todo") if request.user.is_authenticated else "/")


@signed_in
@require_http_methods(["GET", "POST"])
def make_move(request: PortalRequest, kind: str, pk: int, name: str) -> HttpResponseBase:
    """Confirm a move of any thing, with its checklist and reason; then carry it out."""
    thing = _thing(request.actor, kind, pk)
    offer = _offer(thing, request.actor, name)
    reason = storable(request.POST.get("reason", ""))
    before = thing.state
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            perform(thing, name, by=request.actor, reason=reason)
        except (NotAllowed, Stale):
            raise
        except Refused as error:
            refusal = error
        else:
            messages.success(request, _what_was_done(thing, before))
            return redirect(_page_after(request, thing))
    form = _ReasonForm(initial={"reason": reason})
    kept = keeping(request, form)
    context = {"thing": thing, "offer": offer, "reason": form["reason"].value(), "refusal": refusal, "kept": kept}
    context |= {"title": offer.transition.label, "back": back_address(request, path_of(thing))}
    context |= {
        "page": path_of(thing),
        "consequence": consequences.of(thing, offer.transition),
        "last": _last_event(thing, request.actor),
        "unlisted": _unlisted(refusal, offer),
        "longest": LONG,
    }
    return render(request, "move.html", context, status=400 if refusal else 200)


def _unlisted(refusal: Refused | None, offer: AvailableTransition) -> list[str]:
    """Sentences of a refusal that the move's own checklist does not say: of a further move that follows from it."""
    listed = {str(missing.sentence) for _need, missing in offer.checklist if missing}
    return [said for said in map(str, refusal.sentences if refusal else []) if said not in listed]


class _ReasonForm(forms.Form):
    """The one field of the page on which a move is confirmed."""

    reason = FreeTextFormField(required=False, max_length=LONG, printed=False)


def _thing(actor: Actor, kind: str, pk: int) -> StatefulModel:
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        raise Http404 from None
    if not issubclass(model, StatefulModel):
        raise Http404
    return model.objects.get_for(actor, pk=pk)


def _last_event(thing: StatefulModel, actor: Actor) -> StateEvent | None:
    """What happened to it last, for those who may see that: a step back is answered with its reason in sight."""
    may = "history" not in thing.read_permissions or may_see(actor, thing, "history")
    return StateEvent.of(thing).last() if may else None


def _offer(thing: StatefulModel, actor: Actor, name: str) -> AvailableTransition:
    """The offer of this move; 404 for a name that does not exist, else refused where it is not on offer."""
    declared = transitions_of(type(thing)).get(name)
    if declared is None or not declared.button:
        raise Http404
    offer = next((offer for offer in available_transitions(thing, actor) if offer.transition.name == name), None)
    if offer is None:
        raise wrong_state(declared, thing) if sides_that_may(declared, thing, actor) else not_allowed(declared)
    return offer


def _what_was_done(thing: StatefulModel, before: str) -> str:
    """What the thing is now, in a sentence."""
    if thing.pk is None or not type(thing)._base_manager.filter(pk=thing.pk).exists():
        return _("Deleted.")
    if thing.state == before:
        return _("Done.")
    state = thing.get_state_display()  # type: ignore[attr-defined]
    return one_full_stop(_("Done. It is “%(state)s” now: %(thing)s.") % {"state": state, "thing": thing})


def _page_after(request: HttpRequest, thing: StatefulModel) -> str:
    """The thing's page; where it is gone, the list it came from."""
    if thing.pk is None or not type(thing)._base_manager.filter(pk=thing.pk).exists():
        return "/todo/"
    return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else back_address(request)
