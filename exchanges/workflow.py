"""All that exchanges register with the shared code and with the apps below, made when the app is ready."""

from cxc.todo import duties
from exchanges import (  # noqa: F401 - registers by being imported
    consequences,
    external_requirements,
    mending,
    news,
    todo,
)
from exchanges.duties import WATCHES
from exchanges.filters import (  # noqa: F401 - registers by being imported
    matches,
)
from exchanges.presenters import (  # noqa: F401 - registers by being imported
    match_links,
)
from exchanges.services import (  # noqa: F401 - registers by being imported
    recorded_submissions,
    visit_plan,
)
from exchanges.services.transition_handlers import (  # noqa: F401 - registers by being imported
    documents,
    exchanges,
    open_visits,
    payments,
)


def register() -> None:
    """Requirements on transitions of the apps below, mending, news and duties; the rest registers when imported."""
    external_requirements.register()
    mending.register()
    news.register()
    duties.watch(*WATCHES)
