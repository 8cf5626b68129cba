"""What comes next for a profile, as lists and pages say it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, Principal
from profiles.enums import ProfileState
from profiles.models import Profile


def next_step(profile: Profile, actor: Actor) -> str:
    """What comes next for a profile, in the words of whoever looks at it. Asks the database nothing."""
    reviews = actor.principal in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE}
    if profile.state == ProfileState.SUBMITTED and reviews:
        return _("Review it: publish it, send it back or refuse it.")
    if profile.state == ProfileState.PUBLISHED and profile.eligibility_confirmed_at is None:
        return _("Its kind, country or cluster changed: the Partnership confirms eligibility anew.")
    if profile.state == ProfileState.PUBLISHED and profile.is_over:
        return _(
            "Its period ended on %(day)s, so it is in no list and nobody can be proposed to it. Edit it and choose"
            " later days, or archive it."
        ) % {"day": date_format(profile.available_to or clock.today())}
    return {
        ProfileState.DRAFT: _("Fill it in and submit it."),
        ProfileState.SUBMITTED: _("Its Partnership looks at it."),
        ProfileState.PUBLISHED: _("Find a match."),
        ProfileState.REFUSED: _("Read why it was refused; you can submit it again with a reason."),
        ProfileState.ARCHIVED: _("Bring it back, or copy it into a new generation."),
    }[ProfileState(profile.state)]
