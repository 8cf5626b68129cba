"""Two open visits at the demo host's: one online with places free, one full with two who wait."""

from cxc.demo.living import meeting
from cxc.demo.living.days import DAY, on, starting
from cxc.demo.living.participants import Participant, Team
from cxc.demo.living.stage import Stage
from cxc.ground.moves import perform
from exchanges.models import Visit, WaitingPlace
from exchanges.services import joining
from exchanges.services.opening import publish_visit
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


def tell(stage: Stage) -> None:
    participants = stage.participants
    teams = (
        (participants.rail, "DE"),
        (participants.food, "LT"),
        (participants.rail, "FR"),
        (participants.rail, "DK"),
        (participants.loom, "IT"),
    )
    guests = [_guest(stage, team, country) for team, country in teams]
    looms = _opened(stage, Modality.PHYSICAL, "Looms and laboratories", LOOMS, ahead=47, since=14, places=2)
    _fill(stage, looms, guests)
    screen = _opened(stage, Modality.VIRTUAL, "The mill online", SCREEN, ahead=35, since=12, places=6)
    for days, guest in zip((6, 2), guests[3:], strict=True):
        _asks(stage, screen, guest, days)


def _guest(stage: Stage, team: Team, country: str) -> Guest:
    participant = stage.participants.new_participant(team, country)
    return participant, meeting.published(
        stage.participants, participant, ProfileKind.VISITING, stage.participants.today - 50 * DAY
    )


def _opened(
    stage: Stage, modality: Modality, title: str, outline: str, *, ahead: int, since: int, places: int
) -> Visit:
    """Opened by the host so many days ago, for days so far ahead; visitors may ask until three weeks before."""
    house, today = stage.loom_house, stage.participants.today
    stay = starting(house.participant.country, today + ahead * DAY)
    with on(today - since * DAY):
        return publish_visit(
            house.profile,
            modality,
            by=house.participant.owner,
            title=title,
            outline=outline,
            first_day=stay.start,
            last_day=stay.end,
            asked_until=stay.start - 21 * DAY,
            places=places,
        )


def _fill(stage: Stage, visit: Visit, guests: list[Guest]) -> None:
    """One comes, one was refused and has left the line, one was offered that place, two wait."""
    first, refused, offered, *waiting = guests
    host, today = stage.loom_house.participant.owner, stage.participants.today
    coming, declined = _asks(stage, visit, first, 13), _asks(stage, visit, refused, 12)
    place = _asks(stage, visit, offered, 11)
    assert isinstance(place, WaitingPlace)  # the two before hold both places
    with on(today - 10 * DAY):
        perform(coming, "host_yes", by=host)
        perform(declined, "host_no", by=host, reason="We had you here last year, and the others not yet.")
    with on(today - 9 * DAY):
        joining.offer(place, by=stage.participants.loom.coordinator)
    again = _asks(stage, visit, refused, 8)
    with on(today - 5 * DAY):
        perform(again, "leave", by=refused[0].owner)
    for days, guest in zip((7, 4), waiting, strict=True):
        _asks(stage, visit, guest, days)


def _asks(stage: Stage, visit: Visit, guest: Guest, days_ago: int) -> Match | WaitingPlace:
    participant, profile = guest
    with on(stage.participants.today - days_ago * DAY):
        return joining.ask(
            visit,
            profile,
            by=participant.owner,
            message="We would bring samples of what we make, and more questions than answers.",
        )
