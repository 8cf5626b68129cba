"""What took place outside the portal, entered by the Partnership for the Support Office to accept.

Rule: docs/rules.md, Recorded afterwards.
"""

from datetime import date

from cxc.demo.scenarios.context import ScenarioContext
from cxc.demo.scenarios.days import DAY, ended, on
from cxc.workflow import perform
from exchanges.models import RecordedSubmission
from exchanges.recorded_exchange import RecordedExchange
from exchanges.services.recorded_submissions import hand_in
from profiles.enums import Modality


def run(context: ScenarioContext) -> None:
    today, support = context.participants.today, context.participants.offices.support
    accepted = _entry(context, "IT", latest=today - 120 * DAY, entered=today - 30 * DAY)
    with on(today - 26 * DAY):
        perform(accepted, "accept", by=support)
    returned = _entry(context, "ES", latest=today - 110 * DAY, entered=today - 9 * DAY)
    with on(today - 3 * DAY):
        perform(returned, "send_back", by=support, reason="Which of the two firms of that name was it?")
    _entry(context, "PT", latest=today - 100 * DAY, entered=today - 2 * DAY)


def _entry(context: ScenarioContext, country: str, *, latest: date, entered: date) -> RecordedSubmission:
    """An online visit that was agreed by telephone, handed in by the demo coordinator."""
    team, host = context.participants.loom, context.rail_host.participant
    stay = ended(host.country, latest)
    past = RecordedExchange(
        visiting_organisation=context.participants.new_participant(team, country).organisation.pk,
        host_organisation=host.organisation.pk,
        host_partnership=host.team.partnership.pk,
        generation=context.participants.generation.pk,
        modality=Modality.VIRTUAL,
        type="networking",
        sector=team.sectors[0],
        start=stay.start,
        end=stay.end,
        title="Three afternoons online",
    )
    with on(entered):
        return hand_in(team.partnership, past, source="Notes of the host, kept by the Partnership", by=team.coordinator)
