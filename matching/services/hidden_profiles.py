"""“Not for me”: whom a profile does not want to see; nobody is told. Doing either twice changes nothing."""

from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Side, sides_of
from cxc.workflow import NotAllowed, Refused
from matching.models import HiddenProfile
from profiles.models import Profile

OWN_SIDES = frozenset({Side.HOLDER, Side.PARTNERSHIP})


def hide(*, profile: Profile, other: Profile, by: Actor) -> HiddenProfile:
    """`other` is not shown to `profile` any more; the other side is not told.

    By owner or editor of the profile's organisation, or a coordinator of its Partnership. Whether the
    actor may read `other` is the caller's to ask. Hides nothing of a match that exists.
    """
    _require_own(profile, by)
    if profile.kind == other.kind or profile.generation_id != other.generation_id:
        raise Refused(_("These two could not meet anyway."))
    return HiddenProfile.objects.get_or_create(profile=profile, other=other)[0]


def unhide(*, profile: Profile, other: Profile, by: Actor) -> bool:
    """`other` is shown again; False when it was not hidden."""
    _require_own(profile, by)
    return bool(HiddenProfile.objects.filter(profile=profile, other=other).delete()[0])


def _require_own(profile: Profile, by: Actor) -> None:
    if not (by.may_write and sides_of(by, profile) & OWN_SIDES):
        raise NotAllowed(_("Only those who look after a profile say who is not for it."))
