"""What the to-do page shows of who takes part."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Principal, Rank, Side, VisibleQuerySet
from cxc.todo import Stage, StageRow, TodoRow, source, stage_source, with_stages
from cxc.todo.subjects import Reminder, TodoSubject, register, watch_columns
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.todo import Todo
from profiles import deadlines
from profiles.enums import ProfileState
from profiles.models import ClusterRequest, Invitation, MembershipRequest, Profile
from profiles.services import invitations
from profiles.todo_inputs import SCHEME, of_profiles, together


def _profiles() -> VisibleQuerySet:
    """Those on which something may be owed: all but the archived, and the published that wait for nothing."""
    waiting = Q(state__in=(ProfileState.DRAFT, ProfileState.SUBMITTED, ProfileState.REFUSED))
    asked = Q(eligibility_confirmed_at=None) | Q(last_interest__isnull=False)
    found = Profile.objects.filter(waiting | Q(asked, state=ProfileState.PUBLISHED))
    found = found.with_display_relations().with_eligibility().select_related("partnership__seat", "last_interest")
    return found.prefetch_related("types", "partnership__participations")


# Once nobody takes profiles a draft can't be submitted any more; until then the warning is that of `submit`.
DRAFT_ARCHIVED = Reminder(
    Todo(
        "draft_archived",
        (Side.HOLDER,),
        gettext_lazy("Your draft will be archived"),
        due=deadlines.ARCHIVED,
        remind=deadlines.archive_warnings,
        text=gettext_lazy(
            "It can't be submitted any more in this generation. You can copy it into a new one, later too."
        ),
        visible_from=lambda profile, _deadlines: deadlines.profiles_taken_until(profile),
    ),
    lambda profile, _deadlines: profile.state == ProfileState.DRAFT,
)

# Signing in writes this row too.
watch_columns("profiles.user", "is_active")
register(
    TodoSubject(
        "profiles.profile",
        gettext_lazy("Registration"),
        _profiles,
        rules=(DRAFT_ARCHIVED,),
        with_links=lambda profiles: profiles.prefetch_related("types"),  # they lead to what is missing
        zone=deadlines.zone_of,
        inputs=together(
            {"profiles.profile_types": ("pk",), "profiles.lastinterest": ("last_interest",)}, of_profiles(""), SCHEME
        ),
    )
)


def _invitations(actor: Actor) -> "QuerySet[Invitation] | None":
    return None if actor.user is None else invitations.unanswered_invitations_to(actor.user)


@source(_invitations)
def open_invitations(actor: Actor, _deadlines: Deadlines, is_any: bool) -> Iterable[TodoRow]:
    """Invitations to the person, whatever they act for."""
    for invitation in invitations.open_invitations_to(actor.user) if is_any and actor.user is not None else ():
        yield TodoRow(
            title=_("You are invited to join"),
            thing=str(invitations.team_of(invitation)),
            url=reverse("invitation", args=[invitation.secret]),
            group=_("Registration"),
            name="invitation",
        )


def _cluster_requests(actor: Actor) -> "QuerySet[ClusterRequest] | None":
    return ClusterRequest.objects.filter(answered_at=None) if actor.principal is Principal.SUPPORT_OFFICE else None


@source(_cluster_requests)
def open_cluster_requests(actor: Actor, _deadlines: Deadlines, is_any: bool) -> Iterable[TodoRow]:
    """Clusters that organisations ask the Support Office to add to the register."""
    found = _cluster_requests(actor) if is_any else None
    for request in found.select_related("organisation") if found is not None else ():
        yield TodoRow(
            title=_("Answer a request to add a cluster to the register"),
            thing=str(request),
            url=request.get_absolute_url(),
            group=_("Registration"),
            name="cluster_request",
        )


def _membership_requests(actor: Actor) -> "QuerySet[MembershipRequest] | None":
    if actor.principal is not Principal.ORGANISATION or actor.rank < Rank.OWNER:
        return None
    return MembershipRequest.objects.filter(organisation=actor.principal_id, answered_at=None)


@source(_membership_requests)
def open_membership_requests(actor: Actor, _deadlines: Deadlines, is_any: bool) -> Iterable[TodoRow]:
    """Who asks to become a member, for the organisation's owners."""
    found = _membership_requests(actor) if is_any else None
    for request in found.select_related("user") if found is not None else ():
        yield TodoRow(
            title=_("Accept or refuse a request to join your organisation"),
            thing=f"{request.user} ({request.user.email})",
            url=reverse("team", kwargs={"kind": "organisations", "pk": request.organisation_id}) + "#requests",
            group=_("Registration"),
            name="asks_to_join",
        )


def _profiles_of_organisation(actor: Actor) -> VisibleQuerySet | None:
    if actor.principal is not Principal.ORGANISATION or not actor.may_write:
        return None
    return Profile.objects.visible_to(actor)


@source(_profiles_of_organisation)
def first_profile(actor: Actor, _deadlines: Deadlines, is_any: bool) -> Iterable[TodoRow]:
    """An organisation without a profile begins with one."""
    if not is_any:
        yield TodoRow(
            title=_("Begin your first profile: to visit, or to host"),
            thing=actor.label,
            url=reverse("profile-new"),
            group=_("Registration"),
            name="first_profile",
        )


def _on_their_way(actor: Actor) -> Sequence[VisibleQuerySet]:
    """Profiles on their way into the catalogue, and those that wait there for their match."""
    return [with_stages(Profile.objects.visible_to(actor).exclude(state=ProfileState.ARCHIVED))]


@stage_source(_on_their_way, label=gettext_lazy("All profiles"), url_name="profiles")
def stage_of_profile(profile: Profile) -> StageRow:
    """A published one waits for its match."""
    published = profile.state == ProfileState.PUBLISHED
    idle = _("In the catalogue: look for a match, or be found.") if published else ""
    return StageRow(profile, Stage.MATCHING if published else Stage.REGISTRATION, idle)
