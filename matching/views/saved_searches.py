"""Saved searches: saved, listed, renamed, deleted; their weekly mail stopped, also from the mail itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cxc.access.guards import PortalRequest, public, signed_in
from cxc.comms.unsubscribe import Subscription, unsubscribe_page
from cxc.core.sanitise import storable
from cxc.web.back_links import back_address
from cxc.workflow import Refused
from matching.models import SavedSearch
from matching.services import saved_searches as service


@signed_in
@require_safe
def searches(request: PortalRequest) -> HttpResponse:
    """The person's searches for the principal that they act for."""
    return render(request, "matching/saved_searches.html", {"searches": SavedSearch.objects.of(request.actor)})


@signed_in
@require_POST
def save(request: PortalRequest) -> HttpResponseBase:
    """Keep the list that is on the screen."""
    name, weekly = _name_and_weekly(request)
    return _done(
        request,
        lambda: service.save(name=name, query=request.POST.get("query", ""), weekly=weekly, by=request.actor),
        _("Saved under “Saved searches”."),
    )


@signed_in
@require_POST
def change(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Rename, mail on or off; or delete (`delete`)."""
    search = get_object_or_404(SavedSearch.objects.of(request.actor), pk=pk)
    if request.POST.get("delete"):
        search.delete()
        messages.success(request, _("Deleted."))
        return redirect("searches")
    name, weekly = _name_and_weekly(request)
    return _done(request, lambda: service.change(search, name=name, weekly=weekly, by=request.actor), _("Saved."))


@csrf_exempt  # a mail program presses the button too, without a session; the key is what counts
@public
@require_http_methods(["GET", "POST"])
def stop(request: PortalRequest, key: str) -> HttpResponse:
    """Stop a weekly mail by the key that is in it: one button, nobody signs in."""
    search = get_object_or_404(SavedSearch, unsubscribe_key=key)
    mail = Subscription(
        name=search.name,
        description=_("You are told once a week what is new among what this saved search finds."),
        stopped=_(
            "This mail is stopped. The search itself is kept; you can turn its mail on again under “Saved searches”."
        ),
        is_on=search.weekly,
        stop=lambda: service.stop_mail(search),
    )
    return unsubscribe_page(request, mail)


def _name_and_weekly(request: PortalRequest) -> tuple[str, bool]:
    return storable(request.POST.get("name", "")), bool(request.POST.get("weekly"))


def _done(request: PortalRequest, act: Any, words: str) -> HttpResponseBase:
    """Do it, say so, and go back to where it was asked for; a refusal is said there too."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect(back_address(request))
