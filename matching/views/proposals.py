"""Proposing a match to a profile of the catalogue."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor
from cxc.workflow import Refused
from matching.forms.matches import ProposeForm
from matching.models import Match
from matching.queries import catalogue
from matching.queries.own_profiles import partners_for
from matching.services.proposals import propose as propose_match
from profiles.models import Profile


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def propose(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The form; a proposal that is refused shows it again with the reason, nothing typed is lost."""
    other = catalogue.get_readable_profile(request.actor, pk)
    mine = _mine(request.actor, other)
    first = {"mine": request.GET.get("for", ""), "modality": request.GET.get("modality", "")}
    form = ProposeForm(request.POST or None, initial=first, mine=mine, other=other)
    if request.method == "POST" and form.is_valid():
        match = _propose(request.actor, form, other)
        if match is not None:
            messages.success(request, _("Proposed. The other side is told and answers here."))
            return redirect(match)
    context = {"form": form, "profile": other, "is_dormant": catalogue.is_dormant(other)}
    return render(request, "matching/propose.html", context, status=400 if form.errors else 200)


def _mine(actor: Actor, other: Profile):  # type: ignore[no-untyped-def]
    if not actor.may_write:
        raise PermissionDenied(_("Only owners, editors and coordinators propose."))
    mine = partners_for(actor, other)
    if not mine.exists():
        raise PermissionDenied(_("You have no published profile that could meet this one."))
    return mine


def _propose(actor: Actor, form: ProposeForm, other: Profile) -> Match | None:
    """None where it was refused: the form says why."""
    mine, fields = form.cleaned_data["mine"], form.cleaned_data
    visiting, host = (mine, other) if mine.is_visiting else (other, mine)
    try:
        return propose_match(
            visiting=visiting, host=host, modality=fields["modality"], message=fields["message"], by=actor
        )
    except Refused as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        return None
