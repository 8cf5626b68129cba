"""The houses that take visitors, and the one visitor who signs in; all stories share them."""

from collections.abc import Iterator
from dataclasses import dataclass

from cxc.demo.living import meeting
from cxc.demo.living.days import DAY, Stay, ended, starting
from cxc.demo.living.participants import Participant, Participants, Team
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

    participants: Participants
    loom_house: House
    rail_house: House
    food_house: House
    visitor: Participant
    visitor_profile: Profile

    @classmethod
    def open(cls, participants: Participants, *, host_email: str, visitor_email: str) -> "Stage":
        day = participants.today - HOSTS_SINCE * DAY
        visitor = participants.new_participant(participants.loom, "ES", email=visitor_email)
        return cls(
            participants,
            cls._house(
                participants, participants.new_participant(participants.loom, "PT", ProfileKind.HOST, email=host_email)
            ),
            cls._house(participants, participants.new_participant(participants.rail, "DE", ProfileKind.HOST)),
            cls._house(participants, participants.new_participant(participants.food, "AT", ProfileKind.HOST)),
            visitor,
            meeting.published(participants, visitor, ProfileKind.VISITING, day + 30 * DAY),
        )

    @staticmethod
    def _house(participants: Participants, participant: Participant) -> House:
        day = participants.today - HOSTS_SINCE * DAY
        return House(participant, meeting.published(participants, participant, ProfileKind.HOST, day))

    def ahead(self, days: int, team: Team, country: str, house: House, modality: Modality = Modality.PHYSICAL) -> Trip:
        """A new visitor's trip that starts in so many days, or as soon after as people work three days in a row."""
        return self.during(
            starting(house.participant.country, self.participants.today + days * DAY), team, country, house, modality
        )

    def behind(self, days: int, team: Team, country: str, house: House, modality: Modality = Modality.PHYSICAL) -> Trip:
        """A new visitor's trip that ended so many days ago, or a little earlier."""
        return self.during(
            ended(house.participant.country, self.participants.today - days * DAY), team, country, house, modality
        )

    def during(
        self, stay: Stay, team: Team, country: str, house: House, modality: Modality = Modality.PHYSICAL
    ) -> Trip:
        return Trip.agreed(self.participants, self.participants.new_participant(team, country), house, stay, modality)
