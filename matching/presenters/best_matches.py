"""What the page of best matches shows of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.access.scoped import Actor
from matching.fit import Fit
from matching.fit.reasons import Reasons, explain
from matching.queries.earlier_dealings import ResponseRecord, partners_from_before, response_records
from profiles.models import Profile


@dataclass(frozen=True)
class BestMatch:
    """A fit with the profile it leads to, and why.

    worked_together  whether an exchange between the two organisations was completed
    responses        of a host: how it has answered proposals; None where that says nothing yet
    """

    profile: Profile
    fit: Fit
    reasons: Reasons
    worked_together: bool
    responses: ResponseRecord | None

    @property
    def responses_sentence(self) -> str:
        """How many proposals the host has answered, and how soon."""
        if (record := self.responses) is None:
            return ""
        numbers = {"answered": record.answered, "proposals": record.proposals, "days": record.days}
        if record.days == 0:
            sentence = _("Answered %(answered)s of %(proposals)s proposals in a year, half of them on the same day.")
        else:
            sentence = ngettext(
                "Answered %(answered)s of %(proposals)s proposals in a year, half of them within %(days)s day.",
                "Answered %(answered)s of %(proposals)s proposals in a year, half of them within %(days)s days.",
                record.days,
            )
        return sentence % numbers


def best_matches(mine: Profile, fits: Sequence[Fit], actor: Actor) -> list[BestMatch]:
    """These fits with their profiles and reasons, in a constant number of queries. Who was unpublished since is left
    out."""
    with_relations = (
        Profile.objects.published().with_display_relations().defer("description", "motivation", "organisation__mission")
    )
    profiles = with_relations.in_bulk([fit.profile_id for fit in fits])
    reasons = explain(mine.pk, fits)
    others = {profile.organisation_id for profile in profiles.values()}
    partners = partners_from_before(mine.organisation_id, others, actor) if others else frozenset()
    responses = response_records(others) if mine.is_visiting and others else {}
    return [
        BestMatch(
            profile,
            fit,
            reasons[fit.profile_id],
            profile.organisation_id in partners,
            responses.get(profile.organisation_id),
        )
        for fit in fits
        if (profile := profiles.get(fit.profile_id)) is not None and fit.profile_id in reasons
    ]
