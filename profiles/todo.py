"""What the to-do page shows of who takes part."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from cxc.access.scoped import Actor, Principal, Rank
from cxc.todo import MAX_STAGE_ROWS, Stage, StageRow, TodoRow, source, stage_source, with_stages
from cxc.workflow.deadlines import Deadlines
from profiles.enums import ProfileState
from profiles.models import ClusterRequest, MembershipRequest, Profile
from profiles.services import invitations


@source
def open_invitations(actor: Actor, deadlines: Deadlines) -> Iterable[TodoRow]:
    """Invitations to the person, whatever they act for."""
    if actor.user is None:
        return
    for invitation in invitations.open_invitations_to(actor.user, deadlines.scheme):
        yield TodoRow(
            title=_("You are invited: accept or decline"),
            thing=str(invitations.team_of(invitation)),
            url=reverse("invitation", args=[invitation.secret]),
            group=_("Registration"),
            name="invitation",
        )


@source
def open_cluster_requests(actor: Actor, _deadlines: Deadlines) -> Iterable[TodoRow]:
    """Clusters that organisations ask the Support Office to add to the register."""
    if actor.principal is not Principal.SUPPORT_OFFICE:
        return
    for request in ClusterRequest.objects.filter(answered_at__isnull=True).select_related("organisation"):
        yield TodoRow(
            title=_("Answer a request to add a cluster to the register"),
            thing=str(request),
            url=request.get_absolute_url(),
            group=_("Registration"),
            name="cluster_request",
        )


@source
def open_membership_requests(actor: Actor, _deadlines: Deadlines) -> Iterable[TodoRow]:
    """Who asks to become a member, for the organisation's owners."""
    if actor.principal is not Principal.ORGANISATION or actor.rank < Rank.OWNER:
        return
    rows = MembershipRequest.objects.filter(organisation=actor.principal_id, answered_at=None).select_related("user")
    for request in rows:
        yield TodoRow(
            title=_("Somebody asks to join your organisation: accept or refuse"),
            thing=f"{request.user} ({request.user.email})",
            url=reverse("team", kwargs={"kind": "organisations", "pk": request.organisation_id}) + "#requests",
            group=_("Registration"),
            name="asks_to_join",
        )


@source
def first_profile(actor: Actor, _deadlines: Deadlines) -> Iterable[TodoRow]:
    """An organisation without a profile begins with one."""
    if actor.principal is not Principal.ORGANISATION or not actor.may_write:
        return
    if not Profile.objects.visible_to(actor).exists():
        yield TodoRow(
            title=_("Begin your first profile: to visit, or to host"),
            thing=actor.label,
            url=reverse("profile-new"),
            group=_("Registration"),
            name="first_profile",
        )


@stage_source(label=_later("All profiles"), url_name="profiles")
def profiles(actor: Actor) -> Iterable[StageRow]:
    """Profiles on their way into the catalogue; a published one waits for its match."""
    mine = Profile.objects.visible_to(actor).exclude(state=ProfileState.ARCHIVED).with_display_relations()
    for profile in with_stages(mine.order_by("-pk"))[: MAX_STAGE_ROWS + 1]:
        published = profile.state == ProfileState.PUBLISHED
        idle = _("In the catalogue: look for a match, or be found.") if published else ""
        yield StageRow(profile, Stage.MATCHING if published else Stage.REGISTRATION, idle)
