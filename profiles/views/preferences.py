"""What a person is told: the weekly mail, also stopped from the mail itself, and the calendar's address."""

import hashlib

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cxc.access.guards import PortalRequest, public, signed_in
from cxc.comms.unsubscribe import Subscription, unsubscribe_page
from profiles.models import Preferences, User
from profiles.presenters.calendar_feed import calendar_feed_of
from profiles.services import preferences

# A calendar program gets a new answer this often at most; it asks by itself every few hours.
CACHE_CONTROL = "private, max-age=900"


@signed_in
@require_POST
def weekly_mail(request: PortalRequest) -> HttpResponseBase:
    """The weekly mail on or off."""
    assert isinstance(request.user, User)
    on = "weekly" in request.POST
    preferences.set_weekly_mail(request.user, on=on)
    messages.success(request, _("The weekly mail is on.") if on else _("The weekly mail is off."))
    return redirect(f"{reverse('me')}#reminders")


@signed_in
@require_POST
def calendar(request: PortalRequest) -> HttpResponseBase:
    """A new calendar address, or none any more (`off`)."""
    assert isinstance(request.user, User)
    if "off" in request.POST:
        preferences.remove_calendar_address(request.user)
        messages.success(request, _("The calendar address is switched off: whoever has it sees nothing any more."))
    else:
        preferences.new_calendar_address(request.user)
        messages.success(request, _("Your calendar has a new address. One that you had before works no more."))
    return redirect(f"{reverse('me')}#calendar")


@public  # the address is the key: a calendar program can't sign in
@require_safe
def calendar_feed(request: PortalRequest, key: str) -> HttpResponse:
    """The calendar behind a secret address; 304 where nothing changed, 404 for an address that is none any more."""
    found = get_object_or_404(Preferences.objects.select_related("person"), calendar_key=key, person__is_active=True)
    body = calendar_feed_of(found.person)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    disposition = 'inline; filename="clusterxchange.ics"'
    headers = {
        "ETag": etag,
        "Cache-Control": CACHE_CONTROL,
        "X-Robots-Tag": "noindex",
        "Content-Disposition": disposition,
    }
    for name, value in headers.items():
        response[name] = value
    return get_conditional_response(request, etag=etag, response=response) or response


@csrf_exempt  # a mail program presses the button too, without a session; the key is what counts
@public
@require_http_methods(["GET", "POST"])
def unsubscribe_weekly_mail(request: PortalRequest, key: str) -> HttpResponse:
    """Stop the weekly mail by the key that is in it."""
    found = get_object_or_404(Preferences, unsubscribe_key=key)
    mail = Subscription(
        name=_("Your to-do list"),
        description=_("You get your to-do list by mail on Mondays, when there is something to do."),
        stopped=_("This mail is stopped. You can turn it on again in your settings."),
        is_on=found.weekly_mail,
        stop=lambda: preferences.turn_weekly_mail_off(found),
    )
    return unsubscribe_page(request, mail)
