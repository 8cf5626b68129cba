"""What the demo sign-ins keep while they choose: bookmarks, and a search of which they are told."""

from cxc.demo.living.days import DAY, on
from cxc.demo.living.stage import Stage
from matching.browsing import searches
from matching.services import choosing


def tell(stage: Stage) -> None:
    """A visitor and a coordinator in the middle of choosing."""
    today, visitor, coordinator = stage.participants.today, stage.visitor.owner, stage.participants.loom.coordinator
    with on(today - 3 * DAY):
        for house in (stage.rail_house, stage.food_house):
            choosing.bookmark(profile=house.profile, by=visitor)
        choosing.bookmark(profile=stage.rail_house.profile, by=coordinator)
        searches.save(name="Hosts who speak English", query="kind=host&language=en", weekly=True, by=visitor)
        searches.save(name="Visitors in textiles", query="kind=visiting&sector=13", weekly=True, by=coordinator)
