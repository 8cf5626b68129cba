"""Two open visits at the demo host's: one online with places free, one full with two who wait."""

from cxc.demo.scenarios import matching_steps
from cxc.demo.scenarios.context import ScenarioContext
from cxc.demo.scenarios.days import DAY, on, starting
from cxc.demo.scenarios.participants import Participant, Team
from cxc.workflow import perform
from exchanges.models import Visit, WaitingListEntry
from exchanges.services import join_requests
from exchanges.services.visits import publish_visit
from matching.models import Match
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile

Guest = tuple[Participant, Profile]
LOOMS = (
    "Three days between looms and laboratories: a tour of two mills, a workshop on recycled yarn with the local"
    " university, and an evening with the region's young designers. We would like to meet makers of sensors and of"
    " machines, and everybody who has more questions than answers."
)
SCREEN = (
    "Three half days online: our mill seen through a camera, two round tables on energy and on design, and time"
    " in pairs. For all who want to know us before they travel."
)


def run(context: ScenarioContext) -> None:
    participants = context.participants
    teams = (
        (participants.rail, "DE"),
        (participants.food, "LT"),
        (participants.rail, "FR"),
        (participants.rail, "DK"),
        (participants.loom, "IT"),
    )
    guests = [_guest(context, team, country) for team, country in teams]
    looms = _opened(context, Modality.PHYSICAL, "Looms and laboratories", LOOMS, ahead=47, since=14, places=2)
    _fill(context, looms, guests)
    screen = _opened(context, Modality.VIRTUAL, "The mill online", SCREEN, ahead=35, since=12, places=6)
    for days, guest in zip((6, 2), guests[3:], strict=True):
        _asks(context, screen, guest, days)


def _guest(context: ScenarioContext, team: Team, country: str) -> Guest:
    participant = context.participants.new_participant(team, country)
    return participant, matching_steps.published_profile(
        context.participants, participant, ProfileKind.VISITING, context.participants.today - 50 * DAY
    )


def _opened(
    context: ScenarioContext, modality: Modality, title: str, outline: str, *, ahead: int, since: int, places: int
) -> Visit:
    """Opened by the host so many days ago, for days so far ahead; visitors may ask until three weeks before."""
    host, today = context.loom_host, context.participants.today
    stay = starting(host.participant.country, today + ahead * DAY)
    with on(today - since * DAY):
        return publish_visit(
            host.profile,
            modality,
            by=host.participant.owner,
            title=title,
            outline=outline,
            first_day=stay.start,
            last_day=stay.end,
            last_day_to_ask=stay.start - 21 * DAY,
            places=places,
        )


def _fill(context: ScenarioContext, visit: Visit, guests: list[Guest]) -> None:
    """One comes, one was refused and has left the waiting list, one was offered that place, two wait."""
    first, refused, offered, *waiting = guests
    host, today = context.loom_host.participant.owner, context.participants.today
    coming, declined = _asks(context, visit, first, 13), _asks(context, visit, refused, 12)
    place = _asks(context, visit, offered, 11)
    assert isinstance(place, WaitingListEntry)  # the two before hold both places
    with on(today - 10 * DAY):
        perform(coming, "host_yes", by=host)
        perform(declined, "host_no", by=host, reason="We had you here last year, and the others not yet.")
    with on(today - 9 * DAY):
        join_requests.offer_place(place, by=context.participants.loom.coordinator)
    again = _asks(context, visit, refused, 8)
    with on(today - 5 * DAY):
        perform(again, "leave", by=refused[0].owner)
    for days, guest in zip((7, 4), waiting, strict=True):
        _asks(context, visit, guest, days)


def _asks(context: ScenarioContext, visit: Visit, guest: Guest, days_ago: int) -> Match | WaitingListEntry:
    participant, profile = guest
    with on(context.participants.today - days_ago * DAY):
        return join_requests.ask_to_join(
            visit,
            profile,
            by=participant.owner,
            message="We would bring samples of what we make, and more questions than answers.",
        )
