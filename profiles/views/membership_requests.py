"""Membership requests: asking to join an organisation, and the answer of its owners."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxc.access.confirmed_identity import confirmed_identity
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.workflow import NotAllowed, Refused
from profiles.forms.membership_requests import MembershipRequestAnswerForm, MembershipRequestForm
from profiles.models import MembershipRequest, Organisation
from profiles.services import membership_requests


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def ask_to_join(request: PortalRequest) -> HttpResponseBase:
    """Ask the owners of an organisation to be made a member; the answer is the same whether there is one."""
    form = MembershipRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            membership_requests.ask_to_join(by=request.actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, " ".join(refusal.sentences))
        else:
            messages.success(
                request,
                _("If this organisation is registered, its owners have your request. They answer you by e-mail."),
            )
            return redirect("organisation-join")
    return render(request, "profiles/ask_to_join.html", {"form": form}, status=400 if request.method == "POST" else 200)


@signed_in
@rate_limited("mail")
@confirmed_identity
@require_POST
def answer(request: PortalRequest, pk: int, request_pk: int) -> HttpResponseBase:
    """Accept who asks, with a role, or refuse with a sentence."""
    found: Organisation = Organisation.objects.get_for(request.actor, "members", pk=pk)
    row = get_object_or_404(found.membership_requests, pk=request_pk)
    form = MembershipRequestAnswerForm(request.POST, team=found)
    try:
        _answer(row, form, request)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, " ".join(refusal.sentences))
    else:
        messages.success(request, _("Answer sent to %(person)s by e-mail.") % {"person": row.user})
    return redirect("team", kind="organisations", pk=pk)


def _answer(row: MembershipRequest, form: MembershipRequestAnswerForm, request: PortalRequest) -> None:
    """Refused, and nobody answered, where the form can't be read."""
    if not form.is_valid():
        raise Refused(*(str(sentence) for found in form.errors.values() for sentence in found))
    if "accept" in request.POST:
        membership_requests.accept(row, by=request.actor, role=form.cleaned_data["role"])
    else:
        membership_requests.refuse(row, by=request.actor, answer=form.cleaned_data["answer"])
