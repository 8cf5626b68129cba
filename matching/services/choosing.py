"""Choosing: “not for me”, which nobody is told, and bookmarks. Doing either twice changes nothing."""

from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Principal, Side, sides_of
from cxc.workflow import NotAllowed, Refused
from matching.models import Bookmark, Hidden, SavedSearch
from profiles.models import Profile, User
from profiles.queries.principals import principal_key

OWN_SIDES = frozenset({Side.HOLDER, Side.PARTNERSHIP})


def hide(*, profile: Profile, other: Profile, by: Actor) -> Hidden:
    """`other` is not shown to `profile` any more; the other side is not told.

    By owner or editor of the profile's organisation, or a coordinator of its Partnership. Whether the
    actor may read `other` is the caller's to ask. Hides nothing of a match that exists.
    """
    _require_own(profile, by)
    if profile.kind == other.kind or profile.generation_id != other.generation_id:
        raise Refused(_("These two could not meet anyway."))
    return Hidden.objects.get_or_create(profile=profile, other=other)[0]


def unhide(*, profile: Profile, other: Profile, by: Actor) -> bool:
    """`other` is shown again; False when it was not hidden."""
    _require_own(profile, by)
    return bool(Hidden.objects.filter(profile=profile, other=other).delete()[0])


def bookmark(*, profile: Profile, by: Actor) -> Bookmark:
    """Keep a profile to find it again; whether the actor may read it is the caller's to ask."""
    _require_hat(by)
    return Bookmark.objects.get_or_create(person=by.user, acting_for=principal_key(by), profile=profile)[0]


def unbookmark(*, profile: Profile, by: Actor) -> bool:
    """Take a bookmark out; False when there was none."""
    return bool(Bookmark.objects.of(by).filter(profile=profile).delete()[0])


def erase_texts_of_person(user: User) -> None:
    """Remove the bookmarks and saved searches of a person who is anonymised: nobody else ever saw them."""
    Bookmark.objects.filter(person=user).delete()
    SavedSearch.objects.filter(person=user).delete()


def _require_own(profile: Profile, by: Actor) -> None:
    if not (by.may_write and sides_of(by, profile) & OWN_SIDES):
        raise NotAllowed(_("Only those who look after a profile say who is not for it."))


def _require_hat(by: Actor) -> None:
    if by.user is None or by.principal is Principal.NONE:
        raise NotAllowed(_("Bookmarks are kept by who acts for an organisation, a Partnership or an office."))
