"""Who may browse the catalogue, and what stands in it. Rule: docs/rules.md, Catalogue and contacts."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Principal
from matching.enums import MatchState
from matching.models import Match
from matching.queries.used_up import used_up_profile
from profiles.enums import ProfileKind, ProfileState
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet

READERS_OF_ALL = frozenset({Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE, Principal.OBSERVER, Principal.PORTAL})
MET_STATES = (MatchState.CONFIRMED, MatchState.COMPLETED)


def browsable(actor: Actor) -> ProfileQuerySet:
    """The published profiles that the actor may read.

    Partnerships, Support Office and observer: all. An organisation: those of each generation in
    which it holds a published profile itself. Nobody else any.
    """
    published = Profile.objects.published()
    if actor.principal in READERS_OF_ALL:
        return published
    if actor.principal is not Principal.ORGANISATION or actor.principal_id is None:
        return published.none()
    own = Profile.objects.published().filter(organisation_id=actor.principal_id)
    return published.filter(generation__in=own.values("generation"))


def listed_profiles(actor: Actor) -> ProfileQuerySet:
    """What the catalogue lists for the actor: whose period is not over, and without visitors that are used up and do
    not visit virtually."""
    used_up = Q(used_up_profile(), kind=ProfileKind.VISITING, virtual=False)
    return browsable(actor).available().exclude(used_up)


def has_catalogue_access(actor: Actor) -> bool:
    """Whether the catalogue is open to this actor at all."""
    return actor.principal in READERS_OF_ALL or browsable(actor).exists()


def require_catalogue_access(actor: Actor) -> None:
    """Http404 for who belongs nowhere, PermissionDenied for an organisation without a published profile."""
    if actor.principal is Principal.NONE:
        raise Http404
    if not has_catalogue_access(actor):
        raise PermissionDenied(_("The catalogue opens when a profile of your organisation is published."))


def readable(actor: Actor) -> ProfileQuerySet:
    """Browsable ones, and those that the actor's body met in a confirmed match, published or not."""
    return Profile.objects.exclude(state=ProfileState.ARCHIVED).filter(
        Q(pk__in=browsable(actor).values("pk"))
        | Q(pk__in=_profiles_met(actor, "visiting"))
        | Q(pk__in=_profiles_met(actor, "host"))
    )


def get_readable_profile(actor: Actor, pk: int) -> Profile:
    """The profile for its page in the catalogue; Http404 when it is not there for this actor."""
    found = readable(actor).with_display_relations().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def is_dormant(profile: Profile) -> bool:
    """Whether its holder has not answered in time if it is still interested."""
    return Profile.objects.dormant().filter(pk=profile.pk).exists()


def _profiles_met(actor: Actor, which: str) -> object:
    return Match.objects.visible_to(actor).filter(state__in=MET_STATES).values(f"{which}_profile")
