"""Making a visit and changing it: create, add exchanges, change dates, hand over the lead."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import Actor, Principal, sides_of
from cxc.core.sanitise import one_full_stop, whole_number
from cxc.web.back_links import back_address
from cxc.workflow import NotAllowed, Refused, perform
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.consequences import new_visitor
from exchanges.forms.visits import CreateForm, DatesAndPlacesForm, JoinForm, LeadForm, MatchesForm
from exchanges.models import Exchange, Visit
from exchanges.presenters.match_links import SIDES_THAT_CREATE_EXCHANGES
from exchanges.queries.visits import VISITING_PROFILES, free_matches, free_matches_at, visits_to_join, without_exchange
from exchanges.services.outcomes import Outcome
from exchanges.services.proposed_days import proposed_days
from exchanges.services.visits import add_exchange, add_exchanges, add_matches, create_visit, lead_of
from exchanges.views.form_page import (
    SaveResult,
    form_page,
    post_data,
    require_available,
    require_may_create,
    warn_of_skipped,
)
from matching.enums import MatchState
from matching.models import Match
from profiles.models import Partnership

WRITING = ("GET", "POST")


@signed_in
@require_http_methods(WRITING)
def create(request: PortalRequest) -> HttpResponse:
    """Create a visit from a confirmed match (`?match=`), with the visitors who come; without one, choose it."""
    key = whole_number(request.GET.get("match", ""))
    if key is None:
        return _choose(request)
    match = _match_to_begin_with(request, key)
    visit = _new_visit(match, request.actor)
    initial = DatesAndPlacesForm.initial_of(visit) | {"visitors": [match.pk]}
    form = CreateForm(post_data(request), initial=initial, matches=free_matches_at(visit, request.actor))

    @unit_of_work()
    def save(data: dict[str, Any]) -> SaveResult:
        made = create_visit(match.host_profile, match.modality, by=request.actor, **form.dates_and_places())
        _add_messages(request, add_matches(made, match, data["visitors"], by=request.actor))
        return SaveResult(_("The visit is created."), made.get_absolute_url())

    back = back_address(request, match.get_absolute_url())
    return form_page(request, form, save, title=_("Create a visit"), back=back, thing=match)


def _match_to_begin_with(request: PortalRequest, key: int) -> Match:
    """The confirmed match of this number. Refused when an exchange stands on it already."""
    match = Match.objects.with_display_relations().get_for(request.actor, pk=key, state=MatchState.CONFIRMED)
    if not without_exchange(Match.objects.filter(pk=match.pk)).exists():
        raise Refused(_("This match has an exchange already, so no visit can begin with it."))
    return match


def _choose(request: PortalRequest) -> HttpResponse:
    """The confirmed matches from which a visit can begin."""
    if request.actor.principal is Principal.ORGANISATION:
        hosted = Match.objects.filter(host_profile__organisation=request.actor.principal_id)
        found = without_exchange(hosted.visible_to(request.actor)).with_display_relations()
    else:
        found = free_matches(request.actor)
    return render(request, "exchanges/choose_match.html", {"matches": found[:100]})


def _new_visit(match: Match, actor: Actor) -> Visit:
    """The visit as proposed, not saved; NotAllowed for those who may not create it."""
    host, seat = match.host_profile, match.host_profile.organisation
    days = dict(zip(("first_day", "last_day"), proposed_days(match) or (), strict=False))
    visit = Visit(
        host_profile=host,
        modality=match.modality,
        lead=lead_of(host, actor),
        city=seat.city,
        time_zone=seat.country.time_zone,
        **days,
    )
    require_may_create(visit, actor)
    return visit


def _add_messages(request: HttpRequest, outcome: Outcome[Match, Exchange]) -> None:
    """Say what was done; each match skipped has its own message with what is missing."""
    warn_of_skipped(request, outcome.skipped, lambda match: match.visiting_profile.organisation)
    if count := len(outcome.done):
        sentence = ngettext("%(count)s exchange begun.", "%(count)s exchanges begun.", count)
        messages.success(request, sentence % {"count": count})


@signed_in
@require_http_methods(WRITING)
def add(request: PortalRequest, pk: int) -> HttpResponse:
    """Add exchanges from confirmed matches, several at once."""
    visit = _visit(request, pk)
    if request.actor.principal is Principal.ORGANISATION or not request.actor.may_write:
        raise NotAllowed(_("The Partnerships add exchanges to a visit."))
    other_matches = free_matches_at(visit, request.actor)
    proposed = list(other_matches.filter(pk__in=visit.proposals.values("match_id")).values_list("pk", flat=True))
    form = MatchesForm(post_data(request), initial={"visitors": proposed}, matches=other_matches)

    def save(data: dict[str, Any]) -> SaveResult:
        _add_messages(request, add_exchanges(visit, data["visitors"], by=request.actor))
        return SaveResult()

    title, back = _("Add exchanges"), f"{visit.get_absolute_url()}#exchanges"
    at_stage = new_visitor.of_adding(new_visitor.visit_at_stage(pk), request.actor)
    return form_page(request, form, save, title=title, back=back, thing=visit, at_stage=at_stage)


@signed_in
@require_http_methods(WRITING)
def join(request: PortalRequest, pk: int) -> HttpResponse:
    """Let the visitor of a confirmed match join a visit of its host, whoever leads it."""
    match = Match.objects.with_display_relations().get_for(request.actor, pk=pk)
    if not (request.actor.may_write and sides_of(request.actor, match) & SIDES_THAT_CREATE_EXCHANGES):
        raise NotAllowed(_("The Partnerships of the match begin its exchange."))
    form = JoinForm(
        post_data(request), initial={"visit": _preselected_visit(request, match)}, visits=visits_to_join(match)
    )

    def save(data: dict[str, Visit]) -> SaveResult:
        exchange = add_exchange(data["visit"], match, by=request.actor)
        return SaveResult(
            one_full_stop(_("Begun: %(exchange)s.") % {"exchange": exchange}), exchange.get_absolute_url()
        )

    stages = [(visit, new_visitor.of_adding(visit, request.actor)) for visit in visits_to_join(match).with_stage()]
    context: dict[str, Any] = {"thing": match, "stages": stages, "template": "exchanges/visit_join.html"}
    return form_page(
        request, form, save, title=_("Join a visit of this host"), back=match.get_absolute_url(), **context
    )


def _preselected_visit(request: PortalRequest, match: Match) -> Visit | None:
    """The visit named in the address; else the one that the match is for."""
    key = whole_number(request.GET.get("visit", ""))
    if key is not None:
        return visits_to_join(match).filter(pk=key).first()
    return visits_to_join(match).filter(proposals__match=match).first()


@signed_in
@require_http_methods(WRITING)
def dates_and_places(request: PortalRequest, pk: int) -> HttpResponse:
    """Change dates, time zone, places, title and city."""
    visit = _visit(request, pk)
    available = require_available(visit, request.actor, "change_dates")
    form = DatesAndPlacesForm(post_data(request), initial=DatesAndPlacesForm.initial_of(visit))

    def save(_data: dict[str, Any]) -> None:
        perform(visit, "change_dates", by=request.actor, fields=form.dates_and_places())

    title, back = _("Dates, time zone, places"), visit.get_absolute_url()
    return form_page(request, form, save, title=title, back=back, thing=visit, available=available, button=_("Save"))


@signed_in
@require_http_methods(WRITING)
def lead(request: PortalRequest, pk: int) -> HttpResponse:
    """Hand over the lead to another Partnership of the visit."""
    visit = _visit(request, pk)
    available = require_available(visit, request.actor, "hand_over")
    form = LeadForm(post_data(request), visit=visit)

    def save(data: dict[str, Partnership]) -> str:
        perform(visit, "hand_over", by=request.actor, partnership=data["partnership"])
        return _("%(lead)s leads now.") % {"lead": data["partnership"]}

    title = _("Hand over the lead")
    return form_page(request, form, save, title=title, back=visit.get_absolute_url(), thing=visit, available=available)


def _visit(request: PortalRequest, pk: int) -> Visit:
    visits = Visit.objects.select_related("lead", "host_profile__organisation__country", "host_profile__partnership")
    return visits.prefetch_related(VISITING_PROFILES).get_for(request.actor, pk=pk)
