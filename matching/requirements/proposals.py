"""What a proposal requires of the two profiles. Rule: docs/rules.md, Matches."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.calendar import end_of_day_utc
from cxc.core.models import SchemeSettings
from cxc.workflow.fix import Fix
from cxc.workflow.requirements import Kind, Requirement, TransitionContext, requirement
from matching import fixes
from matching.enums import OPEN_STATES, MatchState
from profiles.enums import Modality, ProfileState


def _both(match: Any) -> tuple:
    return match.visiting_profile, match.host_profile


@requirement(
    gettext_lazy("Both profiles are published."),
    otherwise=gettext_lazy("Publish both profiles first."),
    fix=Fix(fixes.publication),
    kind=Kind.TIMING,
)
def both_published(context: TransitionContext) -> object:
    waiting = [profile for profile in _both(context.thing) if profile.state != ProfileState.PUBLISHED]
    return not waiting or _("Publish the profile of %(who)s first.") % {
        "who": ", ".join(str(profile.organisation) for profile in waiting)
    }


@requirement(
    gettext_lazy("The eligibility of both is confirmed."),
    otherwise=gettext_lazy("Have the Partnership confirm the eligibility of both first."),
    fix=Fix(fixes.eligibility),
    kind=Kind.TIMING,
)
def eligibility_confirmed(context: TransitionContext) -> object:
    waiting = [profile for profile in _both(context.thing) if profile.eligibility_confirmed_at is None]
    return not waiting or _("The Partnership has to confirm the eligibility of %(who)s first.") % {
        "who": ", ".join(str(profile.organisation) for profile in waiting)
    }


@requirement(
    gettext_lazy("Both profiles belong to the same generation."),
    otherwise=gettext_lazy("Choose two profiles of the same generation."),
)
def same_generation(context: TransitionContext) -> bool:
    visiting, host = _both(context.thing)
    return bool(visiting.generation_id == host.generation_id)


@requirement(
    gettext_lazy("A visiting profile meets a host profile."),
    otherwise=gettext_lazy("Choose a visiting profile and a host profile."),
)
def visits_a_host(context: TransitionContext) -> bool:
    visiting, host = _both(context.thing)
    return bool(visiting.is_visiting and not host.is_visiting)


@requirement(
    gettext_lazy("Both Partnerships' participations are open."),
    otherwise=gettext_lazy("Ask the Support Office to extend the participation that has ended."),
    fix=Fix(fixes.participations),
    kind=Kind.TIMING,
)
def participations_open(context: TransitionContext) -> object:
    for profile in _both(context.thing):
        participation = profile.participation
        if participation is None or not participation.is_open(context.now.date()):
            return _("Ask the Support Office to extend the participation of %(partnership)s: it has ended.") % {
                "partnership": profile.partnership
            }
    return True


def _end_of_period(profile: Any) -> datetime | None:
    return None if profile.available_to is None else end_of_day_utc(profile.available_to)


def end_of_periods(match: Any) -> datetime | None:
    """The moment (UTC) at which the first of the two periods is over."""
    ends = (_end_of_period(profile) for profile in _both(match))
    return min((end for end in ends if end is not None), default=None)


@requirement(
    gettext_lazy("Neither profile's period is over."),
    otherwise=gettext_lazy("Choose later days in the profile whose period is over."),
    fix=Fix(fixes.periods),
    kind=Kind.TIMING,
    met_until=end_of_periods,
)
def periods_not_over(context: TransitionContext) -> object:
    """Asked of a proposal only: a proposal made in time can be answered after the period."""
    for profile in _both(context.thing):
        end = _end_of_period(profile)
        if end is not None and end <= context.now:
            return _("Choose later days in the profile of %(who)s: its period ended on %(day)s.") % {
                "who": profile.organisation,
                "day": date_format(profile.available_to),
            }
    return True


@requirement(
    gettext_lazy("The two are in different participating countries."),
    otherwise=gettext_lazy("Choose two organisations in different participating countries."),
)
def different_countries(context: TransitionContext) -> object:
    visiting, host = _both(context.thing)
    if visiting.organisation.country_id == host.organisation.country_id:
        return _("Choose an organisation in another country: both are in %(country)s.") % {
            "country": host.organisation.country
        }
    return visiting.generation.takes_part(visiting.organisation.country_id, host.organisation.country_id)


@requirement(
    gettext_lazy("Both offer this modality."),
    otherwise=gettext_lazy("Choose a modality that both offer."),
    fix=Fix(fixes.modality),
)
def modality_in_common(context: TransitionContext) -> object:
    match = context.thing
    flag = "physical" if match.modality == Modality.PHYSICAL else "virtual"
    lacking = [profile for profile in _both(match) if not getattr(profile, flag)]
    return not lacking or _("Choose a modality that both offer: the profile of %(who)s does not offer this one.") % {
        "who": " / ".join(str(profile.organisation) for profile in lacking)
    }


@requirement(
    gettext_lazy("The two are different organisations."),
    otherwise=gettext_lazy("Choose two different organisations."),
)
def different_organisations(context: TransitionContext) -> bool:
    visiting, host = _both(context.thing)
    return bool(visiting.organisation_id != host.organisation_id)


@requirement(
    gettext_lazy("The two have no other open match in this modality."),
    otherwise=gettext_lazy("Go on with the open match that the two already have in this modality, or end it first."),
)
def no_other_open_match(context: TransitionContext) -> bool:
    match = context.thing
    return (
        not type(match)
        .objects.filter(
            visiting_profile_id=match.visiting_profile_id,
            host_profile_id=match.host_profile_id,
            modality=match.modality,
            state__in=OPEN_STATES,
        )
        .exclude(pk=match.pk)
        .exists()
    )


@requirement(
    gettext_lazy("The visitor's own open proposals are below the limit."),
    otherwise=gettext_lazy("Wait for an answer to one of your open proposals, or withdraw one."),
    fix=Fix(fixes.open_proposals),
    kind=Kind.TIMING,
)
def within_proposal_limit(context: TransitionContext) -> object:
    if context.side is not Side.VO or context.thing.initiated_by not in {"", Side.VO}:
        return True
    limit = SchemeSettings.current().open_proposals_limit
    made = (
        type(context.thing)
        .objects.filter(
            visiting_organisation_id=context.thing.visiting_profile.organisation_id,
            initiated_by=Side.VO,
            state=MatchState.PROPOSED,
        )
        .exclude(pk=context.thing.pk)
    )
    return made.count() < limit or _(
        "You have %(limit)s open proposals, the most there may be: wait for an answer, or withdraw one."
    ) % {"limit": limit}


# What a proposal requires, and the second yes again; an app above adds that the visitor is not used up.
TO_PROPOSE = (
    visits_a_host,
    both_published,
    eligibility_confirmed,
    same_generation,
    participations_open,
    different_countries,
    modality_in_common,
    different_organisations,
    no_other_open_match,
)


@requirement(
    gettext_lazy("A proposal between the two is possible now."),
    otherwise=gettext_lazy("Put right first what keeps the two from a proposal."),
    fix=Fix(lambda context: fixes.of_first_unmet(TO_PROPOSE, context)),
)
def can_be_proposed(context: TransitionContext) -> object:
    return sentences_of(TO_PROPOSE, context)


def sentences_of(needs: tuple[Requirement, ...], context: TransitionContext) -> object:
    """True when all are met; else what to do about each that is not."""
    missing = [gap.sentence for need in needs if (gap := need.unmet(context)) is not None]
    return not missing or " ".join(missing)
