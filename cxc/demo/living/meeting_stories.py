"""Profiles and matches in every state they can be in, with answers owed on all sides."""

from cxc.demo.living import meeting
from cxc.demo.living.cast import Body, Team
from cxc.demo.living.days import DAY, on
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
    cast, today = stage.cast, stage.cast.today
    meeting.draft(cast, cast.body(cast.loom, "IT"), VISITING, today - 68 * DAY, filled=False)
    without_cluster = cast.body(cast.food, "LT", HOST)
    meeting.draft(cast, without_cluster, HOST, today - 4 * DAY)
    with on(today - 3 * DAY):
        asked = "Soup and Roots Cluster Kaunas"
        cluster_requests.name_cluster(without_cluster.organisation, None, asked, by=without_cluster.owner)
    for days, country, kind in ((12, "ES", VISITING), (6, "IT", VISITING), (5, "PT", HOST)):
        meeting.submitted(cast, cast.body(cast.loom, country, kind), kind, today - days * DAY)
    meeting.submitted(cast, cast.body(cast.rail, "DK"), VISITING, today - 7 * DAY)
    refused = meeting.submitted(cast, cast.body(cast.loom, "ES"), VISITING, today - 20 * DAY)
    with on(today - 14 * DAY):
        reason = "The cluster does not know you as a member."
        perform(refused, "refuse", by=cast.loom.coordinator, reason=reason)
    archived = meeting.published(cast, cast.body(cast.rail, "FR"), VISITING, today - 100 * DAY)
    with on(today - 30 * DAY):
        perform(archived, "archive", by=cast.rail.coordinator)


def houses_without_visitors(stage: Stage) -> None:
    """More to choose from in the catalogue."""
    cast = stage.cast
    for number, (team, country) in enumerate(
        ((cast.loom, "IT"), (cast.rail, "DK"), (cast.rail, "FR"), (cast.food, "LT"))
    ):
        meeting.published(cast, cast.body(team, country, HOST), HOST, cast.today - (40 + number) * DAY)


def proposals_to_answer(stage: Stage) -> None:
    cast, today = stage.cast, stage.cast.today
    rail, loom = stage.rail_house, stage.loom_house
    # The demo visitor is asked, the demo host is asked twice (once two weeks ago), and one waits for both sides.
    meeting.proposed(stage.visitor_profile, rail.profile, VIRTUAL, today - 4 * DAY, rail.body.owner)
    for days, team, country in ((15, cast.rail, "DE"), (3, cast.food, "LV")):
        body, profile = _visitor(stage, team, country)
        meeting.proposed(profile, loom.profile, PHYSICAL, today - days * DAY, body.owner)
    _body, profile = _visitor(stage, cast.loom, "ES")
    meeting.proposed(profile, rail.profile, PHYSICAL, today - 8 * DAY, cast.loom.coordinator)


def _visitor(stage: Stage, team: Team, country: str) -> tuple[Body, Profile]:
    body = stage.cast.body(team, country)
    return body, meeting.published(stage.cast, body, VISITING, stage.cast.today - 60 * DAY)


def proposals_that_ended(stage: Stage) -> None:
    """Declined, withdrawn, expired, and confirmed but cancelled."""
    cast, today = stage.cast, stage.cast.today
    house, host = stage.rail_house.profile, stage.rail_house.body.owner
    body, profile = _visitor(stage, cast.loom, "ES")
    declined = meeting.proposed(profile, house, PHYSICAL, today - 20 * DAY, body.owner)
    meeting.answered(declined, "host_no", host, today - 15 * DAY, "We move house in that month.")
    withdrawn = meeting.proposed(profile, house, VIRTUAL, today - 10 * DAY, body.owner)
    meeting.answered(withdrawn, "withdraw", body.owner, today - 5 * DAY, "We would rather come in person.")
    expired = meeting.proposed(profile, stage.food_house.profile, PHYSICAL, today - 30 * DAY, body.owner)
    with on(today - 8 * DAY):
        by_itself(expired, "expire")
    cancelled = meeting.proposed(profile, stage.food_house.profile, VIRTUAL, today - 18 * DAY, body.owner)
    meeting.answered(cancelled, "host_yes", stage.food_house.body.owner, today - 16 * DAY)
    meeting.answered(cancelled, "cancel", body.owner, today - 6 * DAY, "Our calendars never met.")


def confirmed_and_not_built(stage: Stage) -> None:
    """For the demo coordinator to make a visit of."""
    cast, today = stage.cast, stage.cast.today
    for country in ("IT", "ES"):
        body, profile = _visitor(stage, cast.loom, country)
        match = meeting.proposed(profile, stage.rail_house.profile, PHYSICAL, today - 12 * DAY, body.owner)
        meeting.answered(match, "host_yes", stage.rail_house.body.owner, today - 7 * DAY)
