"""Bookmarks, saved searches and saved views of the demo sign-ins."""

from cxc.demo.scenarios.context import ScenarioContext
from cxc.demo.scenarios.days import DAY, on
from cxc.web.models import SavedView
from cxc.web.saved_views import store
from matching.services import bookmarks, saved_searches


def run(context: ScenarioContext) -> None:
    """A visitor and a coordinator in the middle of choosing."""
    today, visitor, coordinator = (
        context.participants.today,
        context.visitor.owner,
        context.participants.loom.coordinator,
    )
    with on(today - 3 * DAY):
        for host in (context.rail_host, context.food_host):
            bookmarks.bookmark(profile=host.profile, by=visitor)
        bookmarks.bookmark(profile=context.rail_host.profile, by=coordinator)
        saved_searches.save(name="Hosts who speak English", query="kind=host&language=en", weekly=True, by=visitor)
        saved_searches.save(name="Visitors in textiles", query="kind=visiting&sector=13", weekly=True, by=coordinator)
        store.save(SavedView, "exchanges", name="Soon to start", query="state=ready&sort=start", by=coordinator)
        store.save(SavedView, "profiles", name="To accept", query="state=submitted", by=coordinator)
