"""What the tests of moving a visit share: asking, agreeing, carrying out."""

from datetime import timedelta

from cxc.access.scoped import Actor
from cxc.workflow import perform
from exchanges.models import Visit, VisitMove
from exchanges.services import visit_moves
from tests.scenarios.lifecycle import FIRST, LAST

DAY = timedelta(days=1)
WEEK = 7 * DAY
NEW = {"first_day": FIRST + 2 * WEEK, "last_day": LAST + 2 * WEEK}


def ask(visit: Visit, by: Actor, **days: object) -> VisitMove:
    return visit_moves.ask_to_move(visit, by=by, reason="The hall is closed.", **(NEW | days))


def agree(move: VisitMove, *actors: Actor) -> VisitMove:
    for actor in actors:
        field = "organisation_id" if actor.principal == "organisation" else "partnership_id"
        perform(move.consents.get(**{field: actor.principal_id}), "agree", by=actor)
    return VisitMove.objects.get(pk=move.pk)


def consents(move: VisitMove) -> dict[str, str]:
    return {str(consent.party): consent.state for consent in move.consents.all()}


def moved(visit: Visit, lead: Actor, *others: Actor, **days: object) -> VisitMove:
    return perform(agree(ask(visit, lead, **days), *others), "carry_out", by=lead)
