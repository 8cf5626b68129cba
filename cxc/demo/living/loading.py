"""Puts the living world together: who is there, then story by story."""

from collections.abc import Iterator
from datetime import date

from cxc.demo.living import after_stories, before_stories, group_story, meeting_stories, past_stories
from cxc.demo.living.cast import HOST, VISITOR, assemble
from cxc.demo.living.stage import Stage
from cxc.demo.people import Offices
from profiles.models import ClusterOrganisation, Generation


def load_living(
    today: date,
    offices: Offices,
    generation: Generation,
    clusters: dict[str, list[ClusterOrganisation]],
    names: Iterator[str],
) -> None:
    """Every story, each lived at its own dates up to the morning of `today`."""
    cast = assemble(today, offices, generation, clusters, names)
    stage = Stage.open(cast, host_email=HOST, visitor_email=VISITOR)
    after_stories.tell(stage)
    before_stories.tell(stage)
    group_story.tell(stage)
    meeting_stories.tell(stage)
    past_stories.tell(stage)
