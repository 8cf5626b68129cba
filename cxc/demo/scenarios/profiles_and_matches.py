"""Profiles and matches in every state they can be in, with answers owed on all sides."""

from cxc.demo.scenarios import matching_steps
from cxc.demo.scenarios.context import ScenarioContext
from cxc.demo.scenarios.days import DAY, on
from cxc.demo.scenarios.participants import Participant, Team
from cxc.workflow import perform, perform_as_system
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile
from profiles.services import cluster_requests

PHYSICAL, VIRTUAL = Modality.PHYSICAL, Modality.VIRTUAL
VISITING, HOST = ProfileKind.VISITING, ProfileKind.HOST


def run(context: ScenarioContext) -> None:
    profiles_in_progress(context)
    hosts_without_visitors(context)
    proposals_to_answer(context)
    proposals_that_ended(context)
    confirmed_without_exchange(context)


def profiles_in_progress(context: ScenarioContext) -> None:
    participants, today = context.participants, context.participants.today
    matching_steps.draft_profile(
        participants, participants.new_participant(participants.loom, "IT"), VISITING, today - 68 * DAY, filled=False
    )
    without_cluster = participants.new_participant(participants.food, "LT", HOST)
    matching_steps.draft_profile(participants, without_cluster, HOST, today - 4 * DAY)
    with on(today - 3 * DAY):
        asked = "Soup and Roots Cluster Kaunas"
        cluster_requests.name_cluster(without_cluster.organisation, None, asked, by=without_cluster.owner)
    for days, country, kind in ((12, "ES", VISITING), (6, "IT", VISITING), (5, "PT", HOST)):
        matching_steps.submitted_profile(
            participants, participants.new_participant(participants.loom, country, kind), kind, today - days * DAY
        )
    matching_steps.submitted_profile(
        participants, participants.new_participant(participants.rail, "DK"), VISITING, today - 7 * DAY
    )
    refused = matching_steps.submitted_profile(
        participants, participants.new_participant(participants.loom, "ES"), VISITING, today - 20 * DAY
    )
    with on(today - 14 * DAY):
        reason = "The cluster does not know you as a member."
        perform(refused, "refuse", by=participants.loom.coordinator, reason=reason)
    archived = matching_steps.published_profile(
        participants, participants.new_participant(participants.rail, "FR"), VISITING, today - 100 * DAY
    )
    with on(today - 30 * DAY):
        perform(archived, "archive", by=participants.rail.coordinator)


def hosts_without_visitors(context: ScenarioContext) -> None:
    """More to choose from in the catalogue."""
    participants = context.participants
    for number, (team, country) in enumerate(
        ((participants.loom, "IT"), (participants.rail, "DK"), (participants.rail, "FR"), (participants.food, "LT"))
    ):
        matching_steps.published_profile(
            participants,
            participants.new_participant(team, country, HOST),
            HOST,
            participants.today - (40 + number) * DAY,
        )


def proposals_to_answer(context: ScenarioContext) -> None:
    participants, today = context.participants, context.participants.today
    rail, loom = context.rail_host, context.loom_host
    # The demo visitor is asked, the demo host is asked twice (once two weeks ago), and one waits for both sides.
    matching_steps.proposed_match(
        context.visitor_profile, rail.profile, VIRTUAL, today - 4 * DAY, rail.participant.owner
    )
    for days, team, country in ((15, participants.rail, "DE"), (3, participants.food, "LV")):
        participant, profile = _visitor(context, team, country)
        matching_steps.proposed_match(profile, loom.profile, PHYSICAL, today - days * DAY, participant.owner)
    _participant, profile = _visitor(context, participants.loom, "ES")
    matching_steps.proposed_match(profile, rail.profile, PHYSICAL, today - 8 * DAY, participants.loom.coordinator)


def _visitor(context: ScenarioContext, team: Team, country: str) -> tuple[Participant, Profile]:
    participant = context.participants.new_participant(team, country)
    return participant, matching_steps.published_profile(
        context.participants, participant, VISITING, context.participants.today - 60 * DAY
    )


def proposals_that_ended(context: ScenarioContext) -> None:
    """Declined, withdrawn, expired, and confirmed but cancelled."""
    participants, today = context.participants, context.participants.today
    host_profile, owner = context.rail_host.profile, context.rail_host.participant.owner
    participant, profile = _visitor(context, participants.loom, "ES")
    declined = matching_steps.proposed_match(profile, host_profile, PHYSICAL, today - 20 * DAY, participant.owner)
    matching_steps.answered_match(declined, "host_no", owner, today - 15 * DAY, "We move house in that month.")
    withdrawn = matching_steps.proposed_match(profile, host_profile, VIRTUAL, today - 10 * DAY, participant.owner)
    matching_steps.answered_match(
        withdrawn, "withdraw", participant.owner, today - 5 * DAY, "We would rather come in person."
    )
    expired = matching_steps.proposed_match(
        profile, context.food_host.profile, PHYSICAL, today - 30 * DAY, participant.owner
    )
    with on(today - 8 * DAY):
        perform_as_system(expired, "expire")
    cancelled = matching_steps.proposed_match(
        profile, context.food_host.profile, VIRTUAL, today - 18 * DAY, participant.owner
    )
    matching_steps.answered_match(cancelled, "host_yes", context.food_host.participant.owner, today - 16 * DAY)
    matching_steps.answered_match(cancelled, "cancel", participant.owner, today - 6 * DAY, "Our calendars never met.")


def confirmed_without_exchange(context: ScenarioContext) -> None:
    """For the demo coordinator to make a visit of."""
    participants, today = context.participants, context.participants.today
    for country in ("IT", "ES"):
        participant, profile = _visitor(context, participants.loom, country)
        match = matching_steps.proposed_match(
            profile, context.rail_host.profile, PHYSICAL, today - 12 * DAY, participant.owner
        )
        matching_steps.answered_match(match, "host_yes", context.rail_host.participant.owner, today - 7 * DAY)
