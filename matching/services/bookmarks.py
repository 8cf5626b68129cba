"""Bookmarks, and what is erased with a person. Doing either twice changes nothing."""

from django.utils.translation import gettext as _

from cxc.access.personal import principal_key
from cxc.access.scoped import Actor, Principal
from cxc.workflow import NotAllowed
from matching.models import Bookmark
from profiles.models import Profile, User


def bookmark(*, profile: Profile, by: Actor) -> Bookmark:
    """Keep a profile to find it again; whether the actor may read it is the caller's to ask."""
    _require_principal(by)
    return Bookmark.objects.get_or_create(person=by.user, acting_for=principal_key(by), profile=profile)[0]


def unbookmark(*, profile: Profile, by: Actor) -> bool:
    """Take a bookmark out; False when there was none."""
    return bool(Bookmark.objects.of(by).filter(profile=profile).delete()[0])


def erase_texts_of_person(user: User) -> None:
    """Delete the bookmarks of a person who is anonymised: nobody else ever saw them."""
    Bookmark.objects.filter(person=user).delete()


def _require_principal(by: Actor) -> None:
    if by.user is None or by.principal is Principal.NONE:
        raise NotAllowed(_("Bookmarks are kept by who acts for an organisation, a Partnership or an office."))
