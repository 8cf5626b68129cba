"""Profiles and matches in every state they can be in, with answers owed on all sides."""

from cxc.demo.living import meeting
from cxc.demo.living.days import DAY, on
from cxc.demo.living.participants import Participant, Team
from cxc.demo.living.stage import Stage
from cxc.ground.moves import by_itself, perform
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile
from profiles.services import cluster_requests

PHYSICAL, VIRTUAL = Modality.PHYSICAL, Modality.VIRTUAL
VISITING, HOST = ProfileKind.VISITING, ProfileKind.HOST


def tell(stage: Stage) -> None:
    profiles_on_their_way(stage)
    houses_without_visitors(stage)
    proposals_to_answer(stage)
    proposals_that_ended(stage)
    confirmed_and_not_built(stage)


def profiles_on_their_way(stage: Stage) -> None:
    participants, today = stage.participants, stage.participants.today
    meeting.draft(
        participants, participants.new_participant(participants.loom, "IT"), VISITING, today - 68 * DAY, filled=False
    )
    without_cluster = participants.new_participant(participants.food, "LT", HOST)
    meeting.draft(participants, without_cluster, HOST, today - 4 * DAY)
    with on(today - 3 * DAY):
        asked = "Soup and Roots Cluster Kaunas"
        cluster_requests.name_cluster(without_cluster.organisation, None, asked, by=without_cluster.owner)
    for days, country, kind in ((12, "ES", VISITING), (6, "IT", VISITING), (5, "PT", HOST)):
        meeting.submitted(
            participants, participants.new_participant(participants.loom, country, kind), kind, today - days * DAY
        )
    meeting.submitted(participants, participants.new_participant(participants.rail, "DK"), VISITING, today - 7 * DAY)
    refused = meeting.submitted(
        participants, participants.new_participant(participants.loom, "ES"), VISITING, today - 20 * DAY
    )
    with on(today - 14 * DAY):
        reason = "The cluster does not know you as a member."
        perform(refused, "refuse", by=participants.loom.coordinator, reason=reason)
    archived = meeting.published(
        participants, participants.new_participant(participants.rail, "FR"), VISITING, today - 100 * DAY
    )
    with on(today - 30 * DAY):
        perform(archived, "archive", by=participants.rail.coordinator)


def houses_without_visitors(stage: Stage) -> None:
    """More to choose from in the catalogue."""
    participants = stage.participants
    for number, (team, country) in enumerate(
        ((participants.loom, "IT"), (participants.rail, "DK"), (participants.rail, "FR"), (participants.food, "LT"))
    ):
        meeting.published(
            participants,
            participants.new_participant(team, country, HOST),
            HOST,
            participants.today - (40 + number) * DAY,
        )


def proposals_to_answer(stage: Stage) -> None:
    participants, today = stage.participants, stage.participants.today
    rail, loom = stage.rail_house, stage.loom_house
    # The demo visitor is asked, the demo host is asked twice (once two weeks ago), and one waits for both sides.
    meeting.proposed(stage.visitor_profile, rail.profile, VIRTUAL, today - 4 * DAY, rail.participant.owner)
    for days, team, country in ((15, participants.rail, "DE"), (3, participants.food, "LV")):
        participant, profile = _visitor(stage, team, country)
        meeting.proposed(profile, loom.profile, PHYSICAL, today - days * DAY, participant.owner)
    _body, profile = _visitor(stage, participants.loom, "ES")
    meeting.proposed(profile, rail.profile, PHYSICAL, today - 8 * DAY, participants.loom.coordinator)


def _visitor(stage: Stage, team: Team, country: str) -> tuple[Participant, Profile]:
    participant = stage.participants.new_participant(team, country)
    return participant, meeting.published(
        stage.participants, participant, VISITING, stage.participants.today - 60 * DAY
    )


def proposals_that_ended(stage: Stage) -> None:
    """Declined, withdrawn, expired, and confirmed but cancelled."""
    participants, today = stage.participants, stage.participants.today
    house, host = stage.rail_house.profile, stage.rail_house.participant.owner
    participant, profile = _visitor(stage, participants.loom, "ES")
    declined = meeting.proposed(profile, house, PHYSICAL, today - 20 * DAY, participant.owner)
    meeting.answered(declined, "host_no", host, today - 15 * DAY, "We move house in that month.")
    withdrawn = meeting.proposed(profile, house, VIRTUAL, today - 10 * DAY, participant.owner)
    meeting.answered(withdrawn, "withdraw", participant.owner, today - 5 * DAY, "We would rather come in person.")
    expired = meeting.proposed(profile, stage.food_house.profile, PHYSICAL, today - 30 * DAY, participant.owner)
    with on(today - 8 * DAY):
        by_itself(expired, "expire")
    cancelled = meeting.proposed(profile, stage.food_house.profile, VIRTUAL, today - 18 * DAY, participant.owner)
    meeting.answered(cancelled, "host_yes", stage.food_house.participant.owner, today - 16 * DAY)
    meeting.answered(cancelled, "cancel", participant.owner, today - 6 * DAY, "Our calendars never met.")


def confirmed_and_not_built(stage: Stage) -> None:
    """For the demo coordinator to make a visit of."""
    participants, today = stage.participants, stage.participants.today
    for country in ("IT", "ES"):
        participant, profile = _visitor(stage, participants.loom, country)
        match = meeting.proposed(profile, stage.rail_house.profile, PHYSICAL, today - 12 * DAY, participant.owner)
        meeting.answered(match, "host_yes", stage.rail_house.participant.owner, today - 7 * DAY)
