"""All that exchanges register with the shared code and with the apps below, made when the app is ready."""

from exchanges import (  # noqa: F401 - registers by being imported
    bulk,
    consequences,
    external_requirements,
    messages,
    todo,
)
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
    interest,
    open_visits,
    payments,
    visit_moves,
)


def register() -> None:
    """Requirements on transitions of the apps below; the rest registers when imported."""
    external_requirements.register()
