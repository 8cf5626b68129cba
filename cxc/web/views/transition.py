"""The page on which any transition is confirmed, with its checklist and reason."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor
from cxc.core.links import path_of
from cxc.core.sanitise import LONG, one_full_stop, storable
from cxc.core.text_fields import FreeTextFormField
from cxc.web.back_links import back_address
from cxc.web.form_drafts.restore import restore_form_draft
from cxc.web.history import may_read_history
from cxc.web.views.records import record_of_kind
from cxc.workflow import (
    AvailableTransition,
    NotAllowed,
    Refused,
    Stale,
    StatefulModel,
    available_transitions,
    consequences,
    perform,
    transitions_of,
)
from cxc.workflow.execution import not_allowed, sides_that_may, wrong_state
from cxc.workflow.models import StateEvent


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def confirm_transition(request: PortalRequest, kind: str, pk: int, name: str) -> HttpResponseBase:
    """Confirm a transition of any thing, with its checklist and reason; then carry it out."""
    thing = record_of_kind(request.actor, kind, pk)
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
    form_draft = restore_form_draft(request, form)
    context = {
        "thing": thing,
        "offer": offer,
        "reason": form["reason"].value(),
        "refusal": refusal,
        "form_draft": form_draft,
    }
    context |= {"title": offer.transition.label, "back": back_address(request, path_of(thing))}
    context |= {
        "page": path_of(thing),
        "consequence": consequences.of(thing, offer.transition),
        "at_stage": consequences.at_stage(thing, offer.transition, request.actor),
        "last": _last_event(thing, request.actor),
        "unlisted": _unlisted(refusal, offer),
        "longest": LONG,
    }
    return render(request, "transition.html", context, status=400 if refusal else 200)


def _unlisted(refusal: Refused | None, offer: AvailableTransition) -> list[str]:
    """Sentences of a refusal that this checklist does not say: those of a further transition that follows from it."""
    listed = {str(missing.sentence) for _need, missing in offer.checklist if missing}
    return [sentence for sentence in map(str, refusal.sentences if refusal else []) if sentence not in listed]


class _ReasonForm(forms.Form):
    """The one field of the page on which a transition is confirmed."""

    reason = FreeTextFormField(required=False, max_length=LONG, printed=False)


def _last_event(thing: StatefulModel, actor: Actor) -> StateEvent | None:
    """What happened to it last, for those who may see that: a step back is answered with its reason in sight."""
    return StateEvent.of(thing).last() if may_read_history(thing, actor) else None


def _offer(thing: StatefulModel, actor: Actor, name: str) -> AvailableTransition:
    """This transition with its checklist; 404 for a name that does not exist, refused where it is not available."""
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
