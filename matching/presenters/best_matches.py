"""What the page of best matches shows of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.fit import Fit
from matching.fit.reasons import Reasons, explain
from profiles.models import Profile


@dataclass(frozen=True)
class BestMatch:
    """A fit with the profile it leads to, and why."""

    profile: Profile
    fit: Fit
    reasons: Reasons


def best_matches(mine: Profile, fits: Sequence[Fit]) -> list[BestMatch]:
    """These fits with their profiles and reasons, in a constant number of queries. Who was unpublished since is left
    out."""
    with_relations = (
        Profile.objects.published().with_display_relations().defer("description", "motivation", "organisation__mission")
    )
    profiles = with_relations.in_bulk([fit.profile_id for fit in fits])
    reasons = explain(mine.pk, fits)
    return [
        BestMatch(profiles[fit.profile_id], fit, reasons[fit.profile_id])
        for fit in fits
        if fit.profile_id in profiles and fit.profile_id in reasons
    ]
