"""Partnerships: the public list, and each one's page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cxc.access.guards import PortalRequest, public, signed_in
from cxc.access.scoped import NOBODY, may_see
from profiles.filters.partnerships import PartnershipFilter
from profiles.forms.partnerships import ContractDetailsForm
from profiles.models import Partnership
from profiles.queries.principals import acting_partnership
from profiles.services.partnerships import enter_contract_details
from profiles.services.permissions import may_edit, may_manage, require_edit


@public
@require_GET
def listing(request: HttpRequest) -> HttpResponseBase:
    """All Partnerships by sector and country, for everybody."""
    rows = Partnership.objects.select_related("seat").prefetch_related("sectors", "countries")
    found = PartnershipFilter(request.GET, queryset=rows)
    page = Paginator(found.qs, 50).get_page(request.GET.get("page"))
    status = 200 if found.is_valid() else 400
    return render(request, "profiles/partnerships.html", {"filter": found, "page": page}, status=status)


@public
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What everybody may know; its own people and offices also see members, targets and the pay-out rule."""
    rows = Partnership.objects.select_related("seat").prefetch_related("sectors", "countries", "clusters__country")
    found = get_object_or_404(rows, pk=pk)
    actor = getattr(request, "actor", NOBODY)
    inside = actor.is_signed_in and may_see(actor, found)
    members = inside and may_see(actor, found, "members")
    context = {
        "partnership": found,
        "inside": inside,
        "may_edit": may_edit(actor, found),
        "coordinating": found.coordinating_organisation_or_none if inside else None,
        "may_manage": may_manage(actor, found),
        "members": found.memberships.select_related("user") if members else None,
        "participations": found.participations.select_related("generation") if inside else None,
        "payout_steps": found.payout_steps.all() if inside else None,
    }
    return render(request, "profiles/partnership.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def contract_details(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The coordinating organisation and the grant agreement numbers, which contracts print."""
    found: Partnership = Partnership.objects.get_for(request.actor, "edit", pk=pk)
    require_edit(request.actor, found)
    form = ContractDetailsForm(request.POST or None, partnership=found)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 400
        return render(request, "profiles/contract_details.html", {"partnership": found, "form": form}, status=status)
    enter_contract_details(
        found, by=request.actor, organisation=form.organisation, grants=form.grants, email=form.email
    )
    messages.success(request, _("Saved."))
    return redirect(found.get_absolute_url())


@signed_in
@require_GET
def mine(request: PortalRequest) -> HttpResponseBase:
    """The Partnership one acts for; else the list."""
    found = acting_partnership(request.actor)
    return redirect(found.get_absolute_url() if found else "partnerships")
