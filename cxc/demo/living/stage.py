"""The houses that take visitors, and the one visitor who signs in; all stories share them."""

from collections.abc import Iterator
from dataclasses import dataclass

from cxc.demo.living import meeting
from cxc.demo.living.cast import Body, Cast, Team
from cxc.demo.living.days import DAY, Stay, ended, starting
from cxc.demo.living.trip import House, Trip
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile

# A story told in two halves: the first ends with papers that the press then prints, the second has them signed.
Story = Iterator[None]

# Hosts were there before the first visitor's story begins.
HOSTS_SINCE = 230


@dataclass
class Stage:
    """`loom_house` is the demo host's, `visitor` the demo visitor with its one visiting profile."""

    cast: Cast
    loom_house: House
    rail_house: House
    food_house: House
    visitor: Body
    visitor_profile: Profile

    @classmethod
    def open(cls, cast: Cast, *, host_email: str, visitor_email: str) -> "Stage":
        day = cast.today - HOSTS_SINCE * DAY
        visitor = cast.body(cast.loom, "ES", email=visitor_email)
        return cls(
            cast,
            cls._house(cast, cast.body(cast.loom, "PT", ProfileKind.HOST, email=host_email)),
            cls._house(cast, cast.body(cast.rail, "DE", ProfileKind.HOST)),
            cls._house(cast, cast.body(cast.food, "AT", ProfileKind.HOST)),
            visitor,
            meeting.published(cast, visitor, ProfileKind.VISITING, day + 30 * DAY),
        )

    @staticmethod
    def _house(cast: Cast, body: Body) -> House:
        day = cast.today - HOSTS_SINCE * DAY
        return House(body, meeting.published(cast, body, ProfileKind.HOST, day))

    def ahead(self, days: int, team: Team, country: str, house: House, modality: Modality = Modality.PHYSICAL) -> Trip:
        """A new visitor's trip that starts in so many days, or as soon after as people work three days in a row."""
        return self.during(starting(house.body.country, self.cast.today + days * DAY), team, country, house, modality)

    def behind(self, days: int, team: Team, country: str, house: House, modality: Modality = Modality.PHYSICAL) -> Trip:
        """A new visitor's trip that ended so many days ago, or a little earlier."""
        return self.during(ended(house.body.country, self.cast.today - days * DAY), team, country, house, modality)

    def during(
        self, stay: Stay, team: Team, country: str, house: House, modality: Modality = Modality.PHYSICAL
    ) -> Trip:
        return Trip.agreed(self.cast, self.cast.body(team, country), house, stay, modality)
