"""What matching requires of transitions of a profile."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc import clock
from cxc.access.scoped import Side
from cxc.workflow import registry
from cxc.workflow.fix import Fix
from cxc.workflow.requirements import Reads, TransitionContext, requirement
from matching import fixes
from matching.enums import MatchState
from matching.models import Match

PROFILE = "profiles.profile"


@requirement(
    gettext_lazy("The places are not fewer than those held."),
    otherwise=gettext_lazy("Enter at least as many places as confirmed matches hold."),
    fix=Fix(fixes.places_of_profile),
    reads=Reads.INPUT,
)
def places_cover_confirmed_matches(context: TransitionContext) -> object:
    profile = context.thing
    wanted = context.facts.get("fields", {}).get("places")
    if profile.is_visiting or wanted is None:
        return True
    held = Match.objects.holding_place_of(profile, clock.today()).count()
    return wanted >= held or _("%(held)s places are held by confirmed matches: enter at least that many.") % {
        "held": held
    }


@requirement(
    gettext_lazy("The profile has no confirmed match, if it is the portal that archives it."),
    otherwise=gettext_lazy("Keep the profile until its confirmed match has ended."),
)
def no_confirmed_match_if_archived_by_portal(context: TransitionContext) -> bool:
    if context.side is not Side.PORTAL:
        return True
    field = "visiting_profile" if context.thing.is_visiting else "host_profile"
    return not Match.objects.filter(**{field: context.thing, "state": MatchState.CONFIRMED}).exists()


def register() -> None:
    """Called when the app is ready."""
    registry.block(PROFILE, "edit_published", by=places_cover_confirmed_matches)
    registry.block(PROFILE, "archive_draft", by=no_confirmed_match_if_archived_by_portal)
