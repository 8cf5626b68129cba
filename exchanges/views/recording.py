"""Recording afterwards what happened outside the portal: the Support Office's form."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.ground.access import Actor, Body
from cxc.ground.views import PortalRequest, signed_in
from exchanges.forms.recording import RecordForm
from exchanges.models import Exchange, Visit
from exchanges.services import recording
from exchanges.views.pages import Done, form_page, posted
from matching.enums import MatchState
from matching.models import Match


@signed_in
@require_http_methods(["GET", "POST"])
def record(request: PortalRequest) -> HttpResponse:
    """Enter an exchange that took place, with its match, its visit and its payment."""
    if request.actor.body is not Body.SUPPORT_OFFICE:
        raise PermissionDenied
    form = RecordForm(posted(request))

    def save(_data: dict[str, Any]) -> Done:
        made = _record(form, request.actor)
        return Done(_("Recorded: %(exchange)s.") % {"exchange": made}, made.get_absolute_url())

    return form_page(request, form, save, title=_("Record afterwards"), back=reverse("exchanges"))


@transaction.atomic
def _record(form: RecordForm, by: Actor) -> Exchange:
    """All or nothing: match, visit where it is new, exchange."""
    source = form.cleaned_data["source"]
    match, visit = _match(form, by, source), form.cleaned_data["visit"] or _visit(form, by, source)
    return recording.record_exchange(match, visit, by=by, source=source, **form.exchange_facts())


def _match(form: RecordForm, by: Actor, source: str) -> Match:
    """The confirmed match of the two profiles; recorded too where there is none."""
    data = form.cleaned_data
    pair = {"visiting_profile": data["visiting"], "host_profile": data["host"], "modality": data["modality"]}
    known = Match.objects.filter(**pair, state=MatchState.CONFIRMED).first()
    if known is not None:
        return known
    day = data["matched_on"]
    people = (data["visiting"], data["host"], data["modality"])
    return recording.record_match(*people, by=by, source=source, proposed=day, confirmed=day)


def _visit(form: RecordForm, by: Actor, source: str) -> Visit:
    data = form.cleaned_data
    days = {"created": data["matched_on"], "first_day": data["start"], "last_day": data["end"]}
    return recording.record_visit(data["host"], data["modality"], by=by, source=source, **days)
