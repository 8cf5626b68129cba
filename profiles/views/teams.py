"""Members and invitations, of an organisation or of a Partnership."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cxc.access.confirmed_identity import confirmed_identity
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import may_see
from cxc.web.back_links import back_address
from cxc.workflow import NotAllowed, Refused
from profiles.forms.membership_requests import MembershipRequestAnswerForm
from profiles.forms.organisations import InviteForm, JointSignaturesForm, MembershipForm
from profiles.models import Membership, MembershipRequest, Organisation, Partnership, PartnershipMembership
from profiles.services import invitations, members, membership_requests
from profiles.services.permissions import Team, may_manage

TEAMS: dict[str, type[Organisation] | type[Partnership]] = {
    "organisations": Organisation,
    "partnerships": Partnership,
}


def _team(request: PortalRequest, kind: str, pk: int) -> Team:
    """The team whose members one may see: 404 where it is none of one's own."""
    model = TEAMS.get(kind)
    if model is None:
        raise Http404
    found: Team = model.objects.get_for(request.actor, "members", pk=pk)
    return found


@signed_in
@require_GET
def team(request: PortalRequest, kind: str, pk: int) -> HttpResponseBase:
    """Who belongs to it, with which role, and who is invited."""
    found = _team(request, kind, pk)
    return _page(request, found, InviteForm(team=found))


def _page(request: PortalRequest, found: Team, form: InviteForm, *, status: int = 200) -> HttpResponseBase:
    may_manage_members = may_manage(request.actor, found)
    memberships = found.memberships.select_related("user").order_by("role", "pk")
    rows = [
        (membership, _membership_form(membership, found) if may_manage_members else None) for membership in memberships
    ]
    context = {
        "team": found,
        "kind": _kind(found),
        "rows": rows,
        "form": form,
        "may_manage_members": may_manage_members,
        "invitations": invitations.open_invitations_of(found) if may_manage_members else None,
        "joint_form": JointSignaturesForm(initial={"are_joint": found.signs_jointly}, auto_id="id_joint_%s"),
        "requests": _requests(found) if may_manage_members else [],
    }
    return render(request, "profiles/team.html", context, status=status)


def _requests(found: Team) -> list[tuple[MembershipRequest, MembershipRequestAnswerForm]]:
    """Who asks to join, with the form to answer."""
    if not isinstance(found, Organisation):
        return []
    requests = membership_requests.open_requests(found)
    return [
        (request_row, MembershipRequestAnswerForm(team=found, auto_id=f"id_request_{request_row.pk}_%s"))
        for request_row in requests
    ]


def _kind(found: Team) -> str:
    return next(kind for kind, model in TEAMS.items() if isinstance(found, model))


def _membership_form(membership: members.TeamMembership, found: Team) -> MembershipForm:
    initial = {"role": membership.role, "is_signatory": membership.is_signatory}
    return MembershipForm(team=found, initial=initial, auto_id=f"id_{membership.pk}_%s")


@signed_in
@rate_limited("mail")
@confirmed_identity
@require_POST
def invite(request: PortalRequest, kind: str, pk: int) -> HttpResponseBase:
    """Invite an address."""
    found = _team(request, kind, pk)
    form = InviteForm(request.POST, team=found)
    if form.is_valid():
        try:
            invitations.invite(found, by=request.actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("email", " ".join(refusal.sentences))
        else:
            messages.success(request, _("Invited: %(email)s.") % {"email": form.cleaned_data["email"]})
            return redirect("team", kind=kind, pk=pk)
    return _page(request, found, form, status=400)


@signed_in
@require_POST
def withdraw(request: PortalRequest, kind: str, pk: int, invitation: int) -> HttpResponseBase:
    """Withdraw an invitation."""
    found = _team(request, kind, pk)
    row = get_object_or_404(invitations.open_invitations_of(found), pk=invitation)
    invitations.withdraw(row, by=request.actor)
    messages.success(request, _("Withdrawn."))
    return redirect("team", kind=kind, pk=pk)


@signed_in
@confirmed_identity
@require_POST
def change(request: PortalRequest, kind: str, pk: int, membership: int) -> HttpResponseBase:
    """Give a member another role or right to sign."""
    found = _team(request, kind, pk)
    row = _membership(found, membership)
    form = MembershipForm(request.POST, team=found)
    if not form.is_valid():
        return _page(request, found, InviteForm(team=found), status=400)
    try:
        members.change(row, by=request.actor, **form.cleaned_data)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, " ".join(refusal.sentences))
    else:
        messages.success(request, _("Saved."))
    return redirect("team", kind=kind, pk=pk)


@signed_in
@rate_limited("mail")
@confirmed_identity
@require_POST
def joint_signatures(request: PortalRequest, kind: str, pk: int) -> HttpResponseBase:
    """Ask for two signatories who sign jointly, or for one."""
    found, form = _team(request, kind, pk), JointSignaturesForm(request.POST)
    are_joint = form.is_valid() and form.cleaned_data["are_joint"]
    members.set_joint_signatures(found, by=request.actor, are_joint=are_joint)
    messages.success(request, _("Saved."))
    return redirect("team", kind=kind, pk=pk)


@signed_in
@confirmed_identity
@require_http_methods(["GET", "POST"])
def remove(request: PortalRequest, kind: str, pk: int, membership: int) -> HttpResponseBase:
    """Leave, or remove a member, after a page that says what happens then."""
    found = _team(request, kind, pk)
    row = _membership(found, membership)
    user = request.actor.user
    leaves = user is not None and row.user_id == user.pk
    if not leaves and not may_manage(request.actor, found):
        raise NotAllowed(_("Only people who manage the members may remove somebody else."))
    if request.method == "POST":
        return _removed(request, found, row)
    title = _("Leave %(team)s") if leaves else _("Remove %(person)s from %(team)s")
    context = {"title": title % {"team": found, "person": row.user}, "leaves": leaves, "row": row, "team": found}
    context |= {"button": _("Leave") if leaves else _("Remove"), "danger": True}
    context["is_last_leader"] = context["blocked"] = members.is_last_leader(row)
    back = back_address(request, reverse("team", kwargs={"kind": kind, "pk": pk}))
    return render(request, "profiles/remove_member.html", context | {"back": back})


def _removed(request: PortalRequest, found: Team, row: members.TeamMembership) -> HttpResponseBase:
    person = str(row.user)
    try:
        members.remove(row, by=request.actor)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, " ".join(refusal.sentences))
        return redirect("team", kind=_kind(found), pk=found.pk)
    message = _("%(person)s does not belong to %(team)s any more.") % {"person": person, "team": found}
    messages.success(request, message)
    return redirect("team", kind=_kind(found), pk=found.pk) if _still_sees(request, found, row) else redirect("todo")


def _membership(found: Team, pk: int) -> members.TeamMembership:
    if isinstance(found, Organisation):
        return get_object_or_404(Membership, organisation=found, pk=pk)
    return get_object_or_404(PartnershipMembership, partnership=found, pk=pk)


def _still_sees(request: PortalRequest, found: Team, row: members.TeamMembership) -> bool:
    """Who just left belongs there no more."""
    left = row.pk is None and request.actor.user is not None and row.user_id == request.actor.user.pk
    return not left and may_see(request.actor, found, "members")
