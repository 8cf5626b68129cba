"""Asking to move a visit, who is asked, and how a move ends by itself. Rule: docs/rules.md, Moving a visit.

Agreeing, refusing, withdrawing and carrying out are plain transitions.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from cxc.access.scoped import PORTAL, Actor, Principal
from cxc.core.languages import in_the_portals_language, once_per_language
from cxc.core.models import SchemeSettings
from cxc.workflow import create, perform
from cxc.workflow.batches import process_each
from exchanges.deadlines import move_possible_until
from exchanges.enums import MOVABLE_STATES, OPEN_MOVE_STATES, MoveConsentState, VisitMoveState
from exchanges.models import Exchange, Visit, VisitMove, VisitMoveConsent, VisitMoveStay
from exchanges.models.visit_move.plan import ExchangePlan, GivenDays
from exchanges.requirements.visit_moves import open_move_of

ONE_DAY = timedelta(days=1)
Party = tuple[str, int]  # "organisation_id" or "partnership_id", and the id


def new_move(visit: Visit, *, first_day: date, last_day: date, given: GivenDays | None = None) -> VisitMove:
    """The move as it would be asked, not saved. `given`: days of single exchanges, by primary key."""
    former = {"former_first_day": visit.first_day, "former_last_day": visit.last_day}
    move = VisitMove(visit=visit, first_day=first_day, last_day=last_day, **former)
    move.give_days(given or {})
    return move


def ask_to_move(
    visit: Visit, *, by: Actor, reason: str, first_day: date, last_day: date, given: GivenDays | None = None
) -> VisitMove:
    """Ask the host and the visitors' Partnerships to agree to other days, which are local to the visit."""
    return create(new_move(visit, first_day=first_day, last_day=last_day, given=given), "ask", by=by, reason=reason)


def parties_concerned(exchanges: Iterable[Exchange], visit: Visit) -> list[Party]:
    """Whose consent is needed: the host's, and that of the Partnership of each exchange that would move."""
    moving = [exchange for exchange in exchanges if exchange.state in MOVABLE_STATES]
    partnerships = dict.fromkeys(exchange.vop.pk for exchange in moving)
    host: Party = ("organisation_id", visit.host_profile.organisation_id)
    return [host, *(("partnership_id", pk) for pk in partnerships)] if moving else []


def update_parties(move: VisitMove, *, by: Actor = PORTAL, without: int | None = None) -> None:
    """Ask whoever is concerned now and was not asked, take off who is not any more, and see whether all agree.

    `by`: who asked for the move, when it begins; `without`: the exchange that is being deleted. A move of no
    exchange expires.
    """
    rows = Exchange.objects.filter(visit=move.visit_id).exclude(pk=without or 0)
    exchanges = list(rows.with_display_relations().order_by("pk"))
    concerned = parties_concerned(exchanges, move.visit)
    if not concerned:
        expire(move, nobody_left())
        return
    _create_stays(move, exchanges)
    known = {_party_of(consent): consent for consent in move.consents.all()}
    cannot_come = once_per_language(lambda: move.plan(PORTAL).cancelled)
    for party in concerned:
        if party not in known:
            _ask(move, party, by, cannot_come)
    for party in known.keys() - set(concerned):
        perform(known[party], "take_off", by=PORTAL)
    update_state(move)


def _create_stays(move: VisitMove, exchanges: Iterable[Exchange]) -> None:
    known = set(move.stays.values_list("exchange_id", flat=True))
    given = move.__dict__.get("days_given", {})
    for exchange in exchanges:
        if exchange.state in MOVABLE_STATES and exchange.pk not in known:
            days = given.get(exchange.pk)
            own = {"first_day": days.first, "last_day": days.last} if days else {}
            VisitMoveStay.objects.create(move=move, exchange=exchange, **own)


def _party_of(consent: VisitMoveConsent) -> Party:
    name = "organisation_id" if consent.organisation_id is not None else "partnership_id"
    return name, getattr(consent, name)


def _ask(move: VisitMove, party: Party, by: Actor, cannot_come: Callable[[], list[ExchangePlan]]) -> None:
    consent = VisitMoveConsent(move=move, **dict([party]))
    if _is(by, party):
        create(consent, "agree_by_asking", by=by)
    else:
        create(consent, "ask", by=PORTAL, cannot_come=cannot_come)


def _is(actor: Actor, party: Party) -> bool:
    kind = Principal.ORGANISATION if party[0] == "organisation_id" else Principal.PARTNERSHIP
    return actor.may_write and (actor.principal, actor.principal_id) == (kind, party[1])


def update_state(move: VisitMove) -> None:
    """Agreed by all when all those who are asked have agreed; waiting again when one more is asked."""
    move.refresh_from_db()
    waits = move.consents.filter(state=MoveConsentState.ASKED).exists()
    if move.state == VisitMoveState.ASKED and not waits:
        perform(move, "conclude", by=PORTAL)
    elif move.state == VisitMoveState.AGREED and waits:
        perform(move, "wait_for_answer", by=PORTAL)


def update_moves_of(visit_ids: Iterable[int], *, without: int | None = None) -> None:
    """After exchanges of these visits began, ended or changed hands; `without`: the one that is being deleted."""
    for visit in Visit.objects.filter(pk__in=set(visit_ids), moves__state__in=OPEN_MOVE_STATES):
        move = open_move_of(visit)
        if move is not None:
            update_parties(move, without=without)


# --- how it ends by itself ---------------------------------------------------------------------------------


def expire(move: VisitMove, why: str) -> None:
    """End the move, with the sentence that says why."""
    perform(move, "expire", by=PORTAL, reason=why)


@in_the_portals_language
def reason_of_refusal(consent: VisitMoveConsent, reason: str) -> str:
    """On which side the move was refused, and why. Every visitor reads it, so that no Partnership is named."""
    return f"{consent.side.label}: {reason}"


@in_the_portals_language
def nobody_left() -> str:
    return _("No exchange is left that would move with the visit.")


@in_the_portals_language
def has_started() -> str:
    """Without a name: every visitor reads it."""
    return _("An exchange of the visit has started.")


@in_the_portals_language
def too_near() -> str:
    return _("The new first day is too near, and the move was not carried out.")


def moves_to_expire(now: datetime) -> list[VisitMove]:
    """Open moves whose new first day is too near at this moment, at the place of the visit."""
    horizon = now.date() + ONE_DAY * (SchemeSettings.current().move_days_before_start + 2)
    found = VisitMove.objects.filter(state__in=OPEN_MOVE_STATES, first_day__lte=horizon).select_related("visit")
    return [move for move in found.order_by("pk") if move_possible_until(move) <= now]


def expire_moves(now: datetime) -> int:
    """How many expired; each in its own transaction."""
    return process_each(moves_to_expire(now), lambda move: expire(move, too_near()))
