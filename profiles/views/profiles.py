"""Profiles: lists, a profile's page, a new one, a copy, its file."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Principal, may_see
from cxc.todo.owed_by_others import owed_by_others
from cxc.todo.returned_rows import attach_returned
from cxc.web.listing import Layout, show
from cxc.web.quick_look import render_record
from cxc.web.uploads import send_file
from cxc.workflow import NotAllowed
from cxc.workflow.next_links import next_link_of
from profiles.filters.profiles import ProfileFilter
from profiles.forms.profiles import CopyForm, NewProfileForm
from profiles.languages import names
from profiles.models import Profile
from profiles.presenters.interest import interest_question
from profiles.presenters.profile_status import next_step
from profiles.queries.generations import open_generations
from profiles.rules import eligibility_problem
from profiles.services import profiles
from profiles.tables.profiles import profile_columns
from profiles.views.organisations import ELIGIBILITY_ANSWERS

# Who is led on to partners: the Support Office and observers look for none.
PRINCIPALS_WITH_NEXT_LINK = frozenset({Principal.ORGANISATION, Principal.PARTNERSHIP})

PROFILES = Layout(
    title=gettext_lazy("Profiles"),
    counted=ngettext_lazy("%(number)s profile", "%(number)s profiles", "number"),
    empty=gettext_lazy("No profile here. A profile says who wants to visit or to host, under which Partnership."),
    template="profiles/list.html",
    filter=ProfileFilter,
    columns=profile_columns,
    on_page=(
        "organisation",
        "country",
        "title",
        "kind",
        "generation",
        "partnership",
        "state",
        "next_step",
        "touched",
    ),
    first="-touched",
    name="profiles",
    has_quick_look=True,
    attach=attach_returned,
    css_class="align-middle",
)


@signed_in
@rate_limited("search")
@require_http_methods(["GET", "POST"])
def listing(request: PortalRequest) -> HttpResponseBase:
    """The profiles one may see, with what comes next for each."""
    mine = Profile.objects.visible_to(request.actor).with_display_relations()
    return show(request, PROFILES, mine.select_related("partnership__seat"))


@signed_in
@require_GET
def page(request: PortalRequest, pk: int) -> HttpResponseBase:
    """A profile with its state, what can be done with it, and its history."""
    found: Profile = Profile.objects.with_display_relations().get_for(request.actor, pk=pk)
    context = {
        "profile": found,
        "problem": eligibility_problem(found.organisation, found.kind, found.generation),
        "next_step": next_step(found, request.actor),
        "next_link": next_link_of(found)
        if request.actor.may_write and request.actor.principal in PRINCIPALS_WITH_NEXT_LINK
        else None,
        "languages": names(found.languages),
        "owed_by_others": owed_by_others(found, request.actor),
        "may_see_file": may_see(request.actor, found, "file"),
        "interest": interest_question(found, request.actor),
        "is_holder": request.actor.principal is Principal.ORGANISATION,
        "copy_form": CopyForm(profile=found) if request.actor.may_write else None,
    }
    return render_record(request, "profiles/profile.html", context, quick_look="profiles/profile_quick_look.html")


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: PortalRequest) -> HttpResponseBase:
    """Start a profile, or go on with the draft that is there."""
    if request.actor.principal is Principal.NONE:
        return redirect("welcome")
    if not request.actor.may_write:
        raise NotAllowed(_("Owners and editors start profiles, and coordinators on their behalf."))
    initial = {"kind": request.session.get(ELIGIBILITY_ANSWERS, {}).get("first_profile_kind", "")}
    form = NewProfileForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 400
        context = {"form": form, "generations": open_generations()}
        return render(request, "profiles/new.html", context, status=status)
    try:
        started = profiles.start(by=request.actor, start_anyway="start_anyway" in request.POST, **form.cleaned_data)
    except profiles.Duplicate as duplicate:
        return render(request, "profiles/new.html", {"form": form, "duplicate": duplicate}, status=409)
    return _redirect_to_draft(request, started)


@signed_in
@require_http_methods(["POST"])
def copy(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Take a profile into a draft of another generation."""
    found: Profile = Profile.objects.get_for(request.actor, pk=pk)
    form = CopyForm(request.POST, profile=found)
    if not form.is_valid():
        messages.error(request, _("Choose an open generation."))
        return redirect(found.get_absolute_url())
    try:
        started = profiles.copy(
            found,
            generation=form.cleaned_data["generation"],
            by=request.actor,
            start_anyway="start_anyway" in request.POST,
        )
    except profiles.Duplicate as duplicate:
        context = {"form": form, "duplicate": duplicate, "copied": found}
        return render(request, "profiles/new.html", context, status=409)
    return _redirect_to_draft(request, started)


def _redirect_to_draft(request: PortalRequest, started: profiles.Started) -> HttpResponseBase:
    if not started.is_new:
        messages.info(request, _("There is a draft of this kind already: go on with it here."))
    return redirect("profile-step", pk=started.profile.pk, slug="exchange")


@signed_in
@require_GET
def brochure(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The CV or brochure, for the holder, its Partnership and the Support Office."""
    found: Profile = Profile.objects.get_for(request.actor, "file", pk=pk)
    if found.brochure is None:
        raise Http404
    return send_file(found.brochure)
