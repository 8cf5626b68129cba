"""What the to-do page shows of matches."""

from collections.abc import Iterable

from cxc.ground.access import Actor
from cxc.ground.todo import MOST_STANDING, Stage, Standing, standing
from matching.models import Match


@standing
def matches(actor: Actor) -> Iterable[Standing]:
    """Open proposals and confirmed matches."""
    for match in Match.objects.visible_to(actor).open().with_faces()[:MOST_STANDING]:
        yield Standing(match, Stage.MATCHING)
