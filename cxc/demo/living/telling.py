"""Puts the living world together: who is there, then story by story."""

from datetime import date

from cxc.demo.living import (
    after_stories,
    before_stories,
    choosing_story,
    group_story,
    help_story,
    meeting_stories,
    open_story,
    past_stories,
)
from cxc.demo.living.context import ScenarioContext
from cxc.demo.living.participants import HOST, VISITOR, create_participants
from cxc.demo.living.pdf_renderer import PdfRenderer
from cxc.demo.people import Offices
from profiles.models import ClusterOrganisation, Generation


class Living:
    """Every story, each lived at its own dates up to the morning of `today`.

    They are told in two goes, with time between for the papers of the first to be printed.
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
        told = (*after_stories.IN_TWO_HALVES, *before_stories.IN_TWO_HALVES)
        self.stories = [story(self.context) for story in told]

    def begin(self) -> None:
        for story in self.stories:
            next(story)

    def end(self) -> None:
        """The second halves, and what needs no signature."""
        for story in self.stories:
            assert next(story, "over") == "over"
        for tell in before_stories.AT_ONCE:
            tell(self.context)
        group_story.tell(self.context)
        meeting_stories.tell(self.context)
        open_story.tell(self.context)
        past_stories.tell(self.context)
        choosing_story.tell(self.context)
        help_story.tell(self.context)
