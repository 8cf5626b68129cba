"""Making a proposal, and entering a yes that was given outside. Rule: docs/rules.md, Matches."""

from datetime import date

from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Side
from cxc.workflow import LIVE, NotAllowed, Timing, create, perform
from cxc.workflow.unit_of_work import unit_of_work
from matching.models import Match
from profiles.enums import ProfileKind
from profiles.models import Profile

OUTSIDE_TRANSITIONS = {Side.VO: "visitor_yes_outside", Side.HO: "host_yes_outside"}


def propose(
    *, visiting: Profile, host: Profile, modality: str, by: Actor, message: str = "", timing: Timing = LIVE
) -> Match:
    """Propose that the two meet. A visiting or host organisation thereby says yes for itself.

    Proposals of one visiting organisation queue at its visiting profiles, so that the limit of
    open ones holds and none is made while a profile is being unpublished. Refused like any transition.
    """
    with unit_of_work():
        lock_visiting_profiles(visiting)
        match = Match(visiting_profile=visiting, host_profile=host, modality=modality, message=message.strip())
        return create(match, "propose", by=by, timing=timing)


def enter_yes_given_outside(match: Match, *, side: Side, on: date, how: str, by: Actor) -> Match:
    """VO's or HO's yes reached its Partnership outside the portal: `on` its local date, `how` in words.

    That side is told and may take it back for a few days. It may be the second yes, which confirms.
    """
    if side not in OUTSIDE_TRANSITIONS:
        raise NotAllowed(_("A yes is the visitor's or the host's."))
    return perform(match, OUTSIDE_TRANSITIONS[side], by=by, on=on, how=how.strip())


def lock_visiting_profiles(visiting: Profile) -> None:
    """Visiting profiles are locked before host profiles, everywhere, so that nobody waits in a ring."""
    profiles = Profile.objects.filter(organisation=visiting.organisation_id, kind=ProfileKind.VISITING)
    list(profiles.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    visiting.refresh_from_db()
