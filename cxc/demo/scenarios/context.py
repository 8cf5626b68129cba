"""The hosts that take visitors, and the one visitor who signs in; all scenarios share them."""

from collections.abc import Iterator
from dataclasses import dataclass

from cxc.demo.scenarios import matching_steps
from cxc.demo.scenarios.days import DAY, Stay, ended, starting
from cxc.demo.scenarios.exchange_builder import ExchangeBuilder, Host
from cxc.demo.scenarios.participants import Participant, Participants, Team
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile

# A scenario in two parts: the first ends with documents that are then rendered, the second has them signed.
Scenario = Iterator[None]

# Hosts were there before the first visitor's scenario begins.
HOSTS_SINCE = 230


@dataclass
class ScenarioContext:
    """`loom_host` is the demo host's, `visitor` the demo visitor with its one visiting profile."""

    participants: Participants
    loom_host: Host
    rail_host: Host
    food_host: Host
    visitor: Participant
    visitor_profile: Profile

    @classmethod
    def create(cls, participants: Participants, *, host_email: str, visitor_email: str) -> "ScenarioContext":
        day = participants.today - HOSTS_SINCE * DAY
        visitor = participants.new_participant(participants.loom, "ES", email=visitor_email)
        return cls(
            participants,
            cls._host(
                participants, participants.new_participant(participants.loom, "PT", ProfileKind.HOST, email=host_email)
            ),
            cls._host(participants, participants.new_participant(participants.rail, "DE", ProfileKind.HOST)),
            cls._host(participants, participants.new_participant(participants.food, "AT", ProfileKind.HOST)),
            visitor,
            matching_steps.published_profile(participants, visitor, ProfileKind.VISITING, day + 30 * DAY),
        )

    @staticmethod
    def _host(participants: Participants, participant: Participant) -> Host:
        day = participants.today - HOSTS_SINCE * DAY
        return Host(participant, matching_steps.published_profile(participants, participant, ProfileKind.HOST, day))

    def starting_in(
        self, days: int, team: Team, country: str, host: Host, modality: Modality = Modality.PHYSICAL
    ) -> ExchangeBuilder:
        """An exchange of a new visitor that starts in so many days, or soon after, on three working days in a row."""
        return self.on_stay(
            starting(host.participant.country, self.participants.today + days * DAY), team, country, host, modality
        )

    def ended_before(
        self, days: int, team: Team, country: str, host: Host, modality: Modality = Modality.PHYSICAL
    ) -> ExchangeBuilder:
        """An exchange of a new visitor that ended so many days ago, or a little earlier."""
        return self.on_stay(
            ended(host.participant.country, self.participants.today - days * DAY), team, country, host, modality
        )

    def on_stay(
        self, stay: Stay, team: Team, country: str, host: Host, modality: Modality = Modality.PHYSICAL
    ) -> ExchangeBuilder:
        return ExchangeBuilder.with_confirmed_match(
            self.participants, self.participants.new_participant(team, country), host, stay, modality
        )
