"""A machine that does whatever comes to its mind with exchanges, documents and money.

Three visitors share one host with two places; one of them is virtual. Some runs begin with their
proposals, others further on (`beginnings`). The machine lets days pass and the portal's jobs run,
goes on sensibly with one visitor's way, asks to move a visit, or tries any transition of any thing as
anybody, with facts right and wrong. Refusals are fine; these never break:

- no payable amount above the agreement's amount, none of these above the ceiling, no payment above the
  payable amount;
- no exchange ready, ongoing or closed without a signed CTQ, and none becomes ready or starts without a
  signed Financial Agreement where it is physical;
- one event a transition: each thing's events lead without a gap from its birth to the state it is in;
- no profile is lost;
- a place is never given twice: no match becomes confirmed while the host's places are all held;
- one physical exchange an organisation and generation, one exchange not cancelled a match;
- what is stored of the to-do is what the declarations say.

Only the rendering of PDFs and the delivery of mails are replaced.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cxc import clock
from cxc.access.scoped import Actor
from cxc.workflow import Refused, StatefulModel, kind_of, perform, transitions_of
from cxc.workflow.models import StateEvent
from exchanges.enums import CONFIRMED_STATES, OPEN_MOVE_STATES
from exchanges.models import Exchange, Payment
from exchanges.services.exchange_start import start_due_exchanges
from exchanges.services.visit_moves import ask_to_move, expire_moves
from matching.models import Match
from matching.services.proposal_expiry import expire_proposals
from profiles.models import ExchangeType, Profile, Sector
from tests.factories.parties import Parties
from tests.machine import stored_todo
from tests.machine.starting_points import StartingPoint
from tests.machine.steps import next_step
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import FIRST, LAST, NOW

DATES = st.sampled_from([FIRST + timedelta(days=n) for n in range(-3, 8)])
AMOUNTS = st.sampled_from([Decimal(n) for n in (0, 100, 415, 830, 831, 5000)])


class ExchangeMachine(RuleBasedStateMachine):
    """See the module. `starting_point` is set by whoever runs it, inside a transaction that it rolls back.

    Of the transitions that can be tried, `preferred` ones are, where there are any.
    """

    starting_point: StartingPoint
    preferred: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.moment = self.starting_point.moment
        self.journeys = self.starting_point.journeys
        self.changed = True
        self.savepoint = transaction.savepoint()
        self.profiles = Profile.objects.count()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    # --- what it does --------------------------------------------------------------------------

    @rule(who=st.integers(0, 2))
    def goes_on(self, who: int) -> None:
        parties, match = self.journeys[who]
        self._try(lambda: next_step(parties, Match.objects.get(pk=match.pk)))

    @rule(days=st.integers(1, 12), hour=st.integers(0, 23))
    def days_pass(self, days: int, hour: int) -> None:
        self.moment = datetime.combine((self.moment + timedelta(days=days)).date(), time(hour), self.moment.tzinfo)
        with clock.at(self.moment):
            started, expired = start_due_exchanges(self.moment), expire_proposals() + expire_moves(self.moment)
        self.changed = self.changed or bool(started or expired)

    @rule(who=st.integers(0, 2), weeks=st.integers(-1, 3), by=st.sampled_from(["vop_coordinator", "ho", "so"]))
    def asks_to_move(self, who: int, weeks: int, by: str) -> None:
        parties, match = self.journeys[who]
        exchange = match.exchanges.order_by("pk").last()
        if exchange is not None:
            visit, later = exchange.visit, timedelta(weeks=weeks)
            days = {"first_day": visit.first_day + later, "last_day": visit.last_day + later}
            self._try(lambda: ask_to_move(visit, by=getattr(parties, by), reason="The fair is off.", **days))

    @rule(who=st.integers(0, 2), data=st.data())
    def tries_anything(self, who: int, data: st.DataObject) -> None:
        parties, match = self.journeys[who]
        thing, name = data.draw(st.sampled_from(self._transitions_from_here(match)), "transition")
        actor = data.draw(_actors(thing, name, parties), "actor")
        given = data.draw(_facts(thing, name, parties), "facts")
        reason = data.draw(st.sampled_from(["", "Because."]), "reason")
        self._one_event(thing, name, actor, reason, given)

    def _one_event(self, thing: StatefulModel, name: str, actor: Actor, reason: str, given: dict[str, Any]) -> None:
        """The transition happens with one event of its own, or not at all and leaves none."""
        events = StateEvent.objects.filter(kind=kind_of(thing), thing_id=thing.pk, transition=name)
        before = events.count()
        pk = thing.pk
        done = self._try(lambda: perform(thing, name, by=actor, reason=reason, **given))
        after = StateEvent.objects.filter(kind=kind_of(thing), thing_id=pk, transition=name).count()
        assert after - before == (done and not transitions_of(type(thing))[name].silent), (name, done)

    def _try(self, act: Any) -> bool:
        """Whether it went through; a refusal in words is a fair answer, an exception is a fault."""
        try:
            with clock.at(self.moment), transaction.atomic():
                act()
        except (Refused, ValidationError):
            return False
        self.changed = True
        return True

    def _transitions_from_here(self, match: Match) -> list[tuple[StatefulModel, str]]:
        found = [(thing, name) for thing in self._things(match) for name in sorted(_live_transitions(thing))]
        return [(thing, name) for thing, name in found if name in self.preferred] or found

    def _things(self, match: Match) -> list[StatefulModel]:
        match = Match.objects.get(pk=match.pk)
        things: list[StatefulModel] = [match, match.visiting_profile, match.host_profile]
        for exchange in Exchange.objects.filter(match=match):
            parts = [exchange.own_part_or_none, exchange.agreement_or_none, exchange.report_or_none]
            parts += [exchange.payment_or_none, exchange.visit, exchange.visit.shared_part_or_none]
            things += [exchange, *(part for part in parts if part), *exchange.evidence.all()]
            for move in exchange.visit.moves.filter(state__in=OPEN_MOVE_STATES):
                things += [move, *move.consents.all()]
        return things

    # --- what never breaks ------------------------------------------------------------------------

    @invariant()
    def invariants_hold(self) -> None:
        """Asked after whatever changed something: a refusal leaves all as it was."""
        if not self.changed:
            return
        self.changed = False
        exchanges = list(Exchange.objects.select_related("visit__shared_part", "own_part", "agreement", "payment"))
        for exchange in exchanges:
            _money_stays_within_its_bounds(exchange)
            if exchange.state in {"ready", "ongoing", "closed"}:
                _nothing_starts_unsigned(exchange)
        bodies = [e.organisation_id for e in exchanges if e.is_physical and e.state in CONFIRMED_STATES]
        assert len(bodies) == len(set(bodies)), "two physical exchanges of one organisation"
        _events_lead_to_the_states([*exchanges, *Match.objects.all()])
        assert Profile.objects.count() == self.profiles, "a profile is lost"
        self._places_are_given_once()
        self._what_is_stored_of_the_to_do_is_what_the_declarations_say()

    def _what_is_stored_of_the_to_do_is_what_the_declarations_say(self) -> None:
        with clock.at(self.moment):
            assert stored_todo.differences() == []

    def _places_are_given_once(self) -> None:
        host = self.journeys[0][1].host_profile
        with clock.at(self.moment):
            held = Match.objects.holding_place_of(host, clock.today()).count()
        assert held <= Profile.objects.get(pk=host.pk).places, held


def _money_stays_within_its_bounds(exchange: Exchange) -> None:
    if exchange.state not in {"draft", "cancelled"} and exchange.is_physical:
        assert (exchange.agreed_lump_sum or 0) <= (exchange.ceiling or 0), exchange
    if exchange.payable is not None:
        assert exchange.payable <= (exchange.agreed_lump_sum or 0), exchange
    payment = exchange.payment_or_none
    if payment is not None:
        assert (payment.paid_amount == payment.amount) == (payment.state == "paid"), payment
        assert payment.paid_amount == sum(one.amount for one in payment.instalments.all()), payment
        if payment.state == "due" and exchange.payable is not None:
            assert payment.amount == exchange.payable, payment


def _nothing_starts_unsigned(exchange: Exchange) -> None:
    own, shared, agreement = exchange.own_part, exchange.visit.shared_part, exchange.agreement_or_none
    assert (own.state, shared.state) == ("signed", "validated"), exchange
    assert own.current_version.signed_parties() == {"vo", "ho", "vop", "hop"}, exchange
    if exchange.is_physical and exchange.state == "ready":
        assert agreement is not None
        assert agreement.state == "signed", exchange
        assert agreement.current_version.terms.amount == exchange.agreed_lump_sum, exchange


def _events_lead_to_the_states(things: list[StatefulModel]) -> None:
    """Each thing's events follow each other without a gap, from its birth to where it stands."""
    stood: dict[tuple[str, int], str] = {}
    kinds = {kind_of(thing) for thing in things}
    for event in StateEvent.objects.filter(kind__in=kinds).order_by("id"):
        assert event.from_state == stood.get((event.kind, event.thing_id), ""), event
        stood[event.kind, event.thing_id] = event.to_state
    for thing in things:
        assert stood[kind_of(thing), thing.pk] == thing.state, thing


def _live_transitions(thing: StatefulModel) -> list[str]:
    """What may be tried from here: any transition of the state, those the portal performs alone left out."""
    return [
        name
        for name, transition in transitions_of(type(thing)).items()
        if not transition.creates
        and thing.state in transition.source
        and any(may.side != "portal" for may in transition.sides)
    ]


def _actors(thing: StatefulModel, name: str, parties: Parties) -> st.SearchStrategy[Actor]:
    """Mostly those who may perform it; now and then anybody."""
    by_side = {
        "vo": parties.vo,
        "ho": parties.ho,
        "vop": parties.vop_coordinator,
        "hop": parties.hop_coordinator,
        "so": parties.so,
    }
    likely = [by_side[may.side] for may in transitions_of(type(thing))[name].sides if may.side in by_side]
    anybody = st.sampled_from(list(by_side.values()))
    return st.one_of(st.sampled_from(likely), st.sampled_from(likely), anybody) if likely else anybody


def _last_instalment(thing: Any) -> int:
    last = thing.instalments.last() if isinstance(thing, Payment) else None
    return last.pk if last else 0


def _facts(thing: Any, name: str, parties: Parties) -> st.SearchStrategy[dict[str, Any]]:
    """Facts for the transitions that take some: right ones and wrong ones."""
    stay = {"start": st.one_of(st.just(FIRST), DATES), "end": st.one_of(st.just(LAST), DATES)}
    version = st.just(getattr(thing, "row_version", 0)) if hasattr(thing, "row_version") else st.just(1)
    edit: dict[str, st.SearchStrategy[Any]] = {"version_read": version, "fields": st.just({})}
    outside = {"on": st.sampled_from([NOW.date(), date(2030, 1, 1)]), "how": st.sampled_from(["", "Call"])}
    plan = {**stay, "type": st.sampled_from([None, ExchangeType.objects.first()])}
    opening = {"outline": st.sampled_from(["", "Looms."]), "last_day_to_ask": DATES}
    by_name: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "edit": edit,
        "edit_published": {"version_read": version, "fields": st.sampled_from([{}, {"places": 1}, {"places": 3}])},
        "choose_partnership": {"partnership": st.just(parties.vop)},
        "change_identity": {"changes": st.just({})},
        "reassign": {"partnership": st.just(parties.hop)},
        "visitor_yes_outside": outside,
        "host_yes_outside": outside,
        "edit_planned": plan,
        "edit_planned_in_preparation": plan,
        "set_agreed": {**stay, "sector": st.just(Sector.objects.first()), "lump_sum": AMOUNTS},
        "raise_ceiling": {"ceiling": AMOUNTS},
        "raise_ceiling_while_ongoing": {"ceiling": AMOUNTS},
        "open_to_visitors": opening,
        "change_opening": opening,
        "correct_actual": {**stay, "days_off": st.sampled_from([{}, {FIRST: "Ill"}, {LAST: "Train"}])},
        "accept_payable": {"amount": st.one_of(st.none(), AMOUNTS), "why": st.sampled_from(["", "Less"])},
        "change_dates": {"fields": st.sampled_from([{"places": 1}, {"last_day": LAST}, {"last_day": FIRST}])},
        "hand_over": {"partnership": st.sampled_from([parties.vop, parties.hop])},
        "set_amount": {"amount": AMOUNTS},
        "submit_for_visitor": {"file": st.sampled_from([None, lifecycle.scan()])},
        "take_back_instalment": {"instalment": st.just(_last_instalment(thing))},
        "pay": {"paid_on": DATES, "amount": AMOUNTS, "reference": st.just("Bank")},
        "remark": {"text": st.just("Well.")},
        "pass_on": {"colleague": st.just(0)},
    }
    return st.fixed_dictionaries(by_name.get(name, {}))
