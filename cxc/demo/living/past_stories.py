"""What took place outside the portal, entered by the Partnership for the Support Office to accept. Rule: lifecycles."""

from datetime import date

from cxc.demo.living.days import DAY, ended, on
from cxc.demo.living.stage import Stage
from cxc.ground.moves import perform
from exchanges.models import RecordedEntry
from exchanges.past import PastExchange
from exchanges.services.entries import hand_in
from profiles.enums import Modality


def tell(stage: Stage) -> None:
    today, support = stage.participants.today, stage.participants.offices.support
    accepted = _entry(stage, "IT", latest=today - 120 * DAY, entered=today - 30 * DAY)
    with on(today - 26 * DAY):
        perform(accepted, "accept", by=support)
    returned = _entry(stage, "ES", latest=today - 110 * DAY, entered=today - 9 * DAY)
    with on(today - 3 * DAY):
        perform(returned, "send_back", by=support, reason="Which of the two firms of that name was it?")
    _entry(stage, "PT", latest=today - 100 * DAY, entered=today - 2 * DAY)


def _entry(stage: Stage, country: str, *, latest: date, entered: date) -> RecordedEntry:
    """An online visit that was agreed by telephone, handed in by the demo coordinator."""
    team, house = stage.participants.loom, stage.rail_house.participant
    stay = ended(house.country, latest)
    past = PastExchange(
        visiting_organisation=stage.participants.new_participant(team, country).organisation.pk,
        host_organisation=house.organisation.pk,
        host_partnership=house.team.partnership.pk,
        generation=stage.participants.generation.pk,
        modality=Modality.VIRTUAL,
        type="networking",
        sector=team.sectors[0],
        start=stay.start,
        end=stay.end,
        title="Three afternoons online",
    )
    with on(entered):
        return hand_in(team.partnership, past, source="Notes of the host, kept by the Partnership", by=team.coordinator)
