"""The profiles for which an actor looks for partners."""

from cxc.access.scoped import Actor, Principal
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet


def own_published(actor: Actor) -> ProfileQuerySet:
    """An organisation's own, a Partnership's, the Support Office's all; the observer's none."""
    if actor.principal is Principal.OBSERVER:
        return Profile.objects.none()
    return (
        Profile.objects.published()
        .visible_to(actor)
        .with_display_relations()
        .order_by("organisation__legal_name__folded", "pk")
    )


def own_available(actor: Actor) -> ProfileQuerySet:
    """Those of them whose period is not over."""
    return own_published(actor).available()


def partners_for(actor: Actor, profile: Profile) -> ProfileQuerySet:
    """The actor's own available profiles that could meet this one: other kind, same generation."""
    return (
        own_available(actor)
        .filter(generation=profile.generation_id)
        .exclude(kind=profile.kind)
        .exclude(organisation=profile.organisation_id)
    )
