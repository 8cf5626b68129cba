"""Opening a visit to visitors: published anew, opened where one stands, changed; who asks, and offering a place."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor, Principal
from cxc.workflow import NotAllowed, perform
from exchanges.consequences import new_visitor
from exchanges.forms.open_visits import OfferForm, OpeningForm, PublishForm
from exchanges.models import Visit, WaitingListEntry
from exchanges.queries import open_visits as queries
from exchanges.queries.visits import VISITING_PROFILES
from exchanges.services import join_requests
from exchanges.services.visits import publish_visit
from exchanges.views.form_page import SaveResult, form_page, post_data, require_available
from matching.queries.own_profiles import own_published
from profiles.enums import ProfileKind
from profiles.models.profile import ProfileQuerySet

WRITING = ("GET", "POST")


def hosts_of(actor: Actor) -> ProfileQuerySet:
    """The host profiles at which the actor may publish a visit: its own, its Partnership's, or all."""
    return own_published(actor).filter(kind=ProfileKind.HOST)


@signed_in
@require_http_methods(WRITING)
def publish(request: PortalRequest) -> HttpResponse:
    """A new visit that visitors can ask to join at once."""
    hosts = hosts_of(request.actor)
    if not request.actor.may_write or not hosts.exists():
        raise NotAllowed(_("A host with a published profile, its Partnership or the Support Office publishes a visit."))
    form = PublishForm(post_data(request), initial=_only(hosts), hosts=hosts)

    def save(data: dict[str, Any]) -> SaveResult:
        dates_and_places = form.dates_and_places() | form.opening_fields()
        made = publish_visit(data["host"], data["modality"], by=request.actor, **dates_and_places)
        return SaveResult(_("The visit is open: visitors can ask to join."), made.get_absolute_url())

    return form_page(request, form, save, title=_("Publish an open visit"), back=reverse("open_visits"))


def _only(hosts: ProfileQuerySet) -> dict[str, Any]:
    """The host, where there is one only."""
    first = list(hosts[:2])
    return {"host": first[0]} if len(first) == 1 else {}


@signed_in
@require_http_methods(WRITING)
def opening(request: PortalRequest, pk: int) -> HttpResponse:
    """Open a visit that stands, or change what an open one says."""
    visit = _visit(request, pk)
    available = require_available(visit, request.actor, "open_to_visitors", "change_opening")
    form = OpeningForm(post_data(request), initial=OpeningForm.initial_opening_of(visit))

    def save(_data: dict[str, Any]) -> None:
        perform(visit, available.transition.name, by=request.actor, **form.opening_fields())

    back = f"{visit.get_absolute_url()}#open"
    return form_page(
        request,
        form,
        save,
        title=available.transition.label,
        back=back,
        thing=visit,
        available=available,
        button=_("Save"),
    )


@signed_in
@rate_limited("mail")
@require_safe
def visit_join_requests(request: PortalRequest, pk: int) -> HttpResponse:
    """Who asks to come, those that fit first; the waiting list in order, with what is free."""
    visit = Visit.objects.with_host().with_places().get_for(request.actor, "join_requests", pk=pk)
    context = {
        "visit": visit,
        "requests": queries.join_requests(visit),
        "waiting_list": queries.waiting_list(visit),
        "ended_matches": queries.ended_matches(visit),
        "may_offer": visit.free_places > 0 and _may_offer(request.actor, visit),
    }
    return render(request, "exchanges/join_requests.html", context)


def _may_offer(actor: Actor, visit: Visit) -> bool:
    return actor.may_write and (
        actor.principal is Principal.SUPPORT_OFFICE
        or (actor.principal is Principal.PARTNERSHIP and actor.principal_id == visit.host_profile.partnership_id)
    )


@signed_in
@rate_limited("mail")
@require_http_methods(WRITING)
def offer(request: PortalRequest, pk: int) -> HttpResponse:
    """Offer the free place: one click for the next on the waiting list; the form asks for the reason out of turn."""
    entry = WaitingListEntry.objects.with_display_relations().get_for(request.actor, pk=pk)
    found = require_available(entry, request.actor, "offer")
    ahead = entry.passed_over_names()
    form = OfferForm(post_data(request), is_out_of_turn=bool(ahead))

    def save(data: dict[str, Any]) -> str:
        join_requests.offer_place(entry, by=request.actor, reason=data["reason"])
        sentence = _("Offered to %(who)s, who is told and asked. When it is declined, the next can be offered it.")
        return sentence % {"who": entry.visiting_profile.organisation}

    title = _("Offer the place to %(who)s") % {"who": entry.visiting_profile.organisation}
    context_of_form: dict[str, Any] = {
        "thing": entry.visit,
        "available": None if ahead else found,
        "ahead": ahead,
        "at_stage": new_visitor.of_adding(new_visitor.visit_at_stage(entry.visit_id), request.actor),
        "template": "exchanges/waiting_list_offer.html",
    }
    return form_page(
        request, form, save, title=title, back=reverse("visit_join_requests", args=[entry.visit_id]), **context_of_form
    )


def _visit(request: PortalRequest, pk: int) -> Visit:
    return Visit.objects.with_host().prefetch_related(VISITING_PROFILES).get_for(request.actor, pk=pk)
