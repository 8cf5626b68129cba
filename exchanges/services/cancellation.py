"""Cancelling, with the match or without it. Asking, refusing and reopening are plain transitions.

Rule: docs/rules.md, Cancelling; Matches.
"""

from cxc.access.scoped import Actor
from cxc.workflow import perform
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.enums import CONFIRMED_STATES, ExchangeState
from exchanges.models import Exchange
from matching.enums import MatchState
from matching.models import Match


def cancel_exchange(exchange: Exchange, *, by: Actor, reason: str, match_too: bool = False) -> Exchange:
    """Cancel an exchange; with its match the place and the visitor are free for others at once.

    Documents and signed files are kept. Also the answer "yes" to an open request to cancel.
    Both or neither: where the match can't be cancelled nothing is.
    """
    ongoing = exchange.state == ExchangeState.ONGOING
    with unit_of_work():
        perform(exchange, "cancel_ongoing" if ongoing else "cancel", by=by, reason=reason)
        if match_too:
            perform(Match.objects.get(pk=exchange.match_id), "cancel", by=by, reason=reason)
    return exchange


def take_back_yes(match: Match, *, by: Actor) -> Match:
    """A side takes back the yes that its Partnership gave for it: what that means depends on how far things are.

    Proposed: declined. Confirmed: cancelled. Once an exchange is in preparation: a request to cancel it,
    which a Partnership or the Support Office answers.
    """
    with unit_of_work():
        match.refresh_from_db()
        if match.state == MatchState.PROPOSED:
            return perform(match, "take_back_yes", by=by)
        counts = Exchange.objects.filter(match=match, state__in=CONFIRMED_STATES).exists()
        return perform(match, "take_back_yes_by_request" if counts else "take_back_yes_confirmed", by=by)
