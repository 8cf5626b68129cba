"""Loads the Demo generation: its participants, then scenario by scenario."""

from datetime import date

from cxc.demo.people import Offices
from cxc.demo.scenarios import (
    bookmarks_and_searches,
    grouped_visit,
    help_requests,
    messages,
    open_visits,
    profiles_and_matches,
    recorded_exchanges,
    started_exchanges,
    upcoming_exchanges,
)
from cxc.demo.scenarios.context import ScenarioContext
from cxc.demo.scenarios.participants import HOST, VISITOR, create_participants
from cxc.demo.scenarios.pdf_renderer import PdfRenderer
from profiles.models import ClusterOrganisation, Generation


class ScenarioRunner:
    """Runs every scenario at its own dates up to the morning of `today`.

    They run in two parts, with time between them to render the documents of the first.
    """

    def __init__(
        self,
        today: date,
        offices: Offices,
        generation: Generation,
        clusters: dict[str, list[ClusterOrganisation]],
        pdf_renderer: PdfRenderer,
    ) -> None:
        participants = create_participants(today, offices, generation, clusters, pdf_renderer)
        self.context = ScenarioContext.create(participants, host_email=HOST, visitor_email=VISITOR)
        in_two_parts = (*started_exchanges.IN_TWO_PARTS, *upcoming_exchanges.IN_TWO_PARTS)
        self.scenarios = [scenario(self.context) for scenario in in_two_parts]

    def run_first_parts(self) -> None:
        for scenario in self.scenarios:
            next(scenario)

    def run_remaining_parts(self) -> None:
        """The second parts, and the scenarios that need no signature."""
        for scenario in self.scenarios:
            assert next(scenario, "over") == "over"
        for run in upcoming_exchanges.IN_ONE_PART:
            run(self.context)
        grouped_visit.run(self.context)
        profiles_and_matches.run(self.context)
        open_visits.run(self.context)
        recorded_exchanges.run(self.context)
        bookmarks_and_searches.run(self.context)
        help_requests.run(self.context)
        messages.run(self.context)
