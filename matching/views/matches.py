"""The list of matches and the page of one."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor, Side, authorised
from cxc.core.compiled_queries import compiled_once
from cxc.todo.owed_by_others import owed_by_others
from cxc.web.listing import Layout, show
from cxc.web.quick_look import render_record
from cxc.workflow import NotAllowed, Refused, available_transitions
from cxc.workflow.availability import with_buttons
from matching import links
from matching.filters.matches import MatchFilter
from matching.forms.matches import GivenOutsideForm
from matching.models import Match
from matching.queries.contacts import contacts
from matching.services.proposals import OUTSIDE_TRANSITIONS, enter_yes_given_outside
from matching.tables.matches import match_columns

MATCHES = Layout(
    title=gettext_lazy("Matches"),
    counted=ngettext_lazy("%(number)s match", "%(number)s matches", "number"),
    empty=gettext_lazy(
        "No match here yet. Matches begin with a proposal from the catalogue or the list of best matches."
    ),
    template="matching/matches.html",
    filter=MatchFilter,
    columns=match_columns,
    on_page=("visitor", "host", "modality", "state", "initiated", "waits_for", "proposed", "open"),
    first="-proposed",
    name="matches",
    has_quick_look=True,
    css_class="align-middle",
)
SIDES = {"visitor": Side.VO, "host": Side.HO}


@signed_in
@rate_limited("search")
@require_http_methods(["GET", "POST"])
def matches(request: PortalRequest) -> HttpResponseBase:
    """The actor's matches, who waits for whom; an organisation's, a Partnership's, or all for the offices."""
    return show(
        request, MATCHES, Match.objects.visible_to(request.actor).with_display_relations().with_matched_elsewhere()
    )


@signed_in
@require_safe
def match(request: PortalRequest, pk: int) -> HttpResponse:
    """Both sides' answers, what the actor can do now, contacts once confirmed, history."""
    return _page(request, _match(request.actor, pk), {})


@signed_in
@rate_limited("mail")
@require_http_methods(["POST"])
def given_outside(request: PortalRequest, pk: int, which: str) -> HttpResponseBase:
    """Enter a yes that reached the Partnership outside the portal."""
    thing, side = _match(request.actor, pk), SIDES.get(which)
    if side is None:
        raise Http404
    form = _outside_form(thing, which, request.POST)
    if form.is_valid():
        try:
            enter_yes_given_outside(thing, side=side, by=request.actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("The yes is entered, and that side is told."))
            return redirect(thing)
    return _page(request, thing, {which: form})


def _match(actor: Actor, pk: int) -> Match:
    return authorised(next(iter(_matches(pk=pk)), None), actor)


@compiled_once
def _matches(*, pk: int) -> "QuerySet[Match]":
    return Match.objects.with_display_relations().with_matched_elsewhere().filter(pk=pk)


def _outside_form(thing: Match, which: str, data: QueryDict | None = None) -> GivenOutsideForm:
    profile = thing.visiting_profile if SIDES[which] is Side.VO else thing.host_profile
    return GivenOutsideForm(data, prefix=which, side=profile)


def _page(request: PortalRequest, thing: Match, typed: dict[str, GivenOutsideForm]) -> HttpResponse:
    found = available_transitions(thing, request.actor)
    names = {offer.transition.name for offer in found}
    open_sides = [
        which
        for which, side in SIDES.items()
        if OUTSIDE_TRANSITIONS[side] in names and side in thing.sides_still_to_answer
    ]
    outside = {which: typed.get(which) or _outside_form(thing, which) for which in open_sides}
    context = {
        "match": thing,
        "offers": with_buttons(found),
        "outside": list(outside.items()),
        "visitor_contacts": contacts(request.actor, thing.visiting_profile),
        "host_contacts": contacts(request.actor, thing.host_profile),
        "links": links.match_links(thing, request.actor),
        "owed_by_others": owed_by_others(thing, request.actor),
    }
    refused = any(form.errors for form in typed.values())
    return render_record(
        request,
        "matching/match.html",
        context,
        quick_look="matching/match_quick_look.html",
        status=400 if refused else 200,
    )
