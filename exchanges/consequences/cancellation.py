"""What dropping out of a visit means at the stage that it has reached. Rule: docs/joining-and-leaving.md."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.access.scoped import Actor, Side, may_see, sides_of
from cxc.workflow import consequences
from exchanges.consequences.new_visitor import visit_at_stage
from exchanges.enums import CONFIRMED_STATES, CTQ, EXCHANGE, LOCKED_STATES, ExchangeState
from exchanges.models import Exchange, Visit
from exchanges.models.documents.version import latest_version


def of_leaving(exchange: Exchange, actor: Actor) -> list[str]:
    """For those who cancel an exchange, or ask to. A visitor reads nothing of the others."""
    visit = visit_at_stage(exchange.visit_id)
    found = [_used_up(exchange), _signatures(exchange)]
    if sides_of(actor, exchange) - {Side.VO}:
        found += [*_others(exchange, visit), _waiting_list(visit, actor), _open_move(exchange, visit)]
    return [sentence for sentence in found if sentence]


def of_deleting(exchange: Exchange, actor: Actor) -> list[str]:
    """For those who delete a draft."""
    visit = visit_at_stage(exchange.visit_id)
    return [sentence for sentence in (_waiting_list(visit, actor), _open_move(exchange, visit)) if sentence]


consequences.describe_at_stage(EXCHANGE, "cancel", "cancel_ongoing", "ask_to_cancel", sentences=of_leaving)
consequences.describe_at_stage(EXCHANGE, "delete_draft", sentences=of_deleting)


def _used_up(exchange: Exchange) -> str:
    if not exchange.is_physical:
        return ""
    if exchange.state in CONFIRMED_STATES:
        return _("Once it is cancelled, it no longer counts as the visitor's one physical exchange in this generation.")
    return _("As a draft, it has not counted as the visitor's one physical exchange in this generation.")


def _signatures(exchange: Exchange) -> str:
    """How many of its CTQ are kept; the agreement's are between visitor and Partnership."""
    version = latest_version(exchange, CTQ)
    count = len(version.signed_parties()) if version is not None else 0
    sentence = ngettext(
        "%(count)s signature on its CTQ is kept with the document.",
        "%(count)s signatures on its CTQ are kept with the document.",
        count,
    )
    return sentence % {"count": count} if count else ""


def _others(exchange: Exchange, visit: Visit) -> list[str]:
    """What becomes of the other exchanges, of the shared part and of the visit."""
    others = [one for one in visit.exchanges.all() if one.pk != exchange.pk and one.state != ExchangeState.CANCELLED]
    if not others:
        last = _("It is the last exchange of the visit. The visit stays, and others can be added to it.")
        return [last, _unlocked(exchange, others)]
    kept = _("What was validated and signed for the other exchanges of the visit stays valid.")
    return [kept, _unlocked(exchange, others)]


def _unlocked(exchange: Exchange, others: list[Exchange]) -> str:
    if exchange.state not in LOCKED_STATES or any(one.state in LOCKED_STATES for one in others):
        return ""
    return _("Shared part, agenda and dates of the visit are no longer locked: no other exchange is ready to start.")


def _waiting_list(visit: Visit, actor: Actor) -> str:
    count = visit.waiting_count
    if not count or not may_see(actor, visit, "join_requests"):
        return ""
    sentence = ngettext(
        "%(count)s visitor is on the waiting list. The match keeps its place until it is cancelled too.",
        "%(count)s visitors are on the waiting list. The match keeps its place until it is cancelled too.",
        count,
    )
    return sentence % {"count": count}


def _open_move(exchange: Exchange, visit: Visit) -> str:
    if not any(move.is_open for move in visit.moves.all()):
        return ""
    return _("A move of the visit to other days is open. It no longer concerns an exchange that has ended.")
