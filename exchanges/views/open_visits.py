"""Open visits as visitors meet them: the list, the page of one, asking for a place."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor, Principal, may_see
from cxc.core.sanitise import whole_number
from cxc.workflow import NotAllowed
from exchanges.consequences import new_visitor
from exchanges.filters import OpenVisitFilter
from exchanges.forms.open_visits import AskForm
from exchanges.models import Visit, WaitingListEntry
from exchanges.queries.open_visits import get_visible_visit, open_visit_rows, upcoming_open_visits, visiting_profiles_of
from exchanges.services import join_requests
from exchanges.views.form_page import SaveResult, form_page, post_data
from exchanges.views.visit_opening import hosts_of
from matching.models import Match
from matching.queries.catalogue import require_catalogue_access
from matching.views.catalogue_closed import catalogue_closed
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet

ROWS = 20
MAX_CHOICES = 200


@signed_in
@require_safe
def open_visits(request: PortalRequest) -> HttpResponse:
    """Those that one could join, the best fitting first; below them the others, each with the reason why not."""
    try:
        require_catalogue_access(request.actor)
    except PermissionDenied:
        return catalogue_closed(request, _("Open visits"))
    visitors = visiting_profiles_of(request.actor)
    visitor = _chosen(request, visitors)
    found = OpenVisitFilter(request.GET, upcoming_open_visits(request.actor))
    valid = found.form.is_valid()
    page = Paginator(open_visit_rows(found.qs if valid else found.queryset.none(), visitor), ROWS)
    context = {
        "filter": found,
        "page": page.get_page(request.GET.get("page")),
        "visitor": visitor,
        "visitors": list(visitors[:MAX_CHOICES]),
        "may_publish": request.actor.may_write and hosts_of(request.actor).exists(),
    }
    return render(request, "exchanges/open_visits.html", context, status=200 if valid else 400)


@signed_in
@require_safe
def open_visit(request: PortalRequest, pk: int) -> HttpResponse:
    """What it is, how it fits, what one can do: ask, wait, leave; for its own parties the way to who asks."""
    visit = get_visible_visit(request.actor, pk)
    visitors = visiting_profiles_of(request.actor).filter(generation=visit.host_profile.generation_id)
    visitor = _chosen(request, visitors)
    row = open_visit_rows(Visit.objects.filter(pk=pk).with_host(), visitor)[0]
    context = {
        "visit": visit,
        "row": row,
        "visitor": visitor,
        "visitors": list(visitors[:MAX_CHOICES]),
        "matches": _own_matches(request.actor, visit),
        "entries": _own_entries(request.actor, visit),
        "may_ask": request.actor.may_write and visitor is not None and row.is_possible and not row.is_mine,
        "may_see_join_requests": may_see(request.actor, visit, "join_requests"),
        "may_open_visit": may_see(request.actor, visit),
    }
    return render(request, "exchanges/open_visit.html", context)


def _chosen(request: PortalRequest, visitors: ProfileQuerySet) -> Profile | None:
    """The profile named in the address; else an organisation's first. A Partnership, with many, chooses."""
    if named := visitors.filter(pk=whole_number(request.GET.get("for", "")) or 0).first():
        return named
    return visitors.first() if request.actor.principal is Principal.ORGANISATION else None


def _own_matches(actor: Actor, visit: Visit) -> list[Match]:
    """The actor's own visitors' proposals for this visit."""
    mine = Match.objects.visible_to(actor).filter(pk__in=visit.proposals.values("match_id"))
    return list(mine.filter(visiting_profile__in=_of_visitors(actor)).with_display_relations())


def _own_entries(actor: Actor, visit: Visit) -> list[WaitingListEntry]:
    mine = visit.waiting_list_entries.waiting().filter(visiting_profile__in=_of_visitors(actor))
    return list(mine.with_display_relations().with_positions())


def _of_visitors(actor: Actor) -> ProfileQuerySet:
    """The actor's own profiles in whatever state; nobody's for the offices, who see all requests on one page."""
    if actor.principal not in {Principal.ORGANISATION, Principal.PARTNERSHIP}:
        return Profile.objects.none()
    return Profile.objects.visible_to(actor)


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def ask(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask for a place: a proposal where one is free, else a place on the waiting list."""
    visit = get_visible_visit(request.actor, pk)
    visitors = visiting_profiles_of(request.actor).filter(generation=visit.host_profile.generation_id)
    if not (request.actor.may_write and visitors.exists()):
        raise NotAllowed(_("You have no published visiting profile that could come."))
    form = AskForm(post_data(request), initial={"visitor": request.GET.get("for") or visitors[0]}, visitors=visitors)

    def save(data: dict[str, Any]) -> SaveResult:
        return _outcome_message(
            join_requests.ask_to_join(visit, data["visitor"], by=request.actor, message=data["message"])
        )

    context: dict[str, Any] = {"template": "exchanges/join_request.html", "thing": visit, "visit": visit}
    context |= {"at_stage": new_visitor.of_asking(new_visitor.visit_at_stage(pk))}
    return form_page(request, form, save, title=_("Ask to join"), back=reverse("open_visit", args=[pk]), **context)


def _outcome_message(outcome: Match | WaitingListEntry) -> SaveResult:
    if isinstance(outcome, Match):
        return SaveResult(_("Asked. The host is told and answers here."), outcome.get_absolute_url())
    number = WaitingListEntry.objects.with_positions().get(pk=outcome.pk).position
    sentence = ngettext(
        "All places are taken: you are number %(number)s on the waiting list.",
        "All places are taken: you are number %(number)s on the waiting list.",
        number,
    )
    return SaveResult(sentence % {"number": number}, outcome.get_absolute_url())
