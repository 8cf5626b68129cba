"""Whatever is entered in whatever order: payable ≤ agreed ≤ ceiling, and the payment follows.

Invariants after each step, refused or done:
- 0 ≤ payable ≤ agreed lump sum ≤ ceiling;
- an amount that departs from the pay-out rule carries its reason;
- a payment's amount is above 0 and at most the agreed lump sum, what was paid is the sum of its instalments,
  at most its amount, and paid is what is paid in full;
- while a payable amount stands, what is due is that amount; where it is 0, nothing is due.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cxc import clock
from cxc.workflow import Refused, perform
from exchanges.models import Exchange
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import completion, lifecycle
from tests.scenarios.completion import AFTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)
Step = Callable[[Parties, Exchange], object]


class RolledBack(Exception):
    """Ends an example without a trace."""


def correct(days: int, off: int, parties: Parties, exchange: Exchange) -> None:
    figures = {"start": lifecycle.FIRST, "end": lifecycle.FIRST + days * DAY}
    days_off = {lifecycle.FIRST + n * DAY: "Ill" for n in range(off)}
    perform(exchange, "correct_actual", by=parties.so, reason="As it was.", days_off=days_off, **figures)


def accept(who: str, amount: Decimal | None, why: str, parties: Parties, exchange: Exchange) -> None:
    perform(exchange, "accept_payable", by=getattr(parties, who), amount=amount, why=why)


def pay(amount: Decimal, parties: Parties, exchange: Exchange) -> None:
    if exchange.payment_or_none:
        completion.pay(exchange.payment, parties.vop_coordinator, amount=amount)


def unpay(parties: Parties, exchange: Exchange) -> None:
    if exchange.payment_or_none:
        perform(exchange.payment, "unpay", by=parties.so, reason="Came back.")


def transition(name: str, parties: Parties, exchange: Exchange) -> None:
    perform(exchange, name, by=parties.so, reason="Because.")


AMOUNTS = st.decimals(min_value=-1, max_value=900, places=2)
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(partial, st.just(correct), st.integers(0, 4), st.integers(0, 3)),
    st.builds(
        partial,
        st.just(accept),
        st.sampled_from(["vop_coordinator", "so"]),
        st.none() | AMOUNTS | st.just(Decimal(0)),
        st.sampled_from(["", "Less."]),
    ),
    st.builds(partial, st.just(pay), AMOUNTS | st.just(Decimal(415))),
    st.just(unpay),
    st.builds(partial, st.just(transition), st.sampled_from(["close", "close_unpaid", "reopen", "undo_start"])),
)


def test_money_holds_whatever_is_entered() -> None:
    parties = usual_parties()
    pk = completion.completed(parties).pk

    @settings(max_examples=40, deadline=None, database=None, derandomize=True)
    @given(st.lists(STEPS, min_size=3, max_size=8))
    def holds(steps: list[Step]) -> None:
        with clock.at(AFTER + 7 * DAY), suppress(RolledBack), transaction.atomic():
            for step in steps:
                with suppress(Refused):
                    step(parties, Exchange.objects.get(pk=pk))
                check(Exchange.objects.get(pk=pk))
            raise RolledBack

    holds()


def check(exchange: Exchange) -> None:
    assert exchange.agreed_lump_sum is not None
    assert exchange.ceiling is not None
    assert 0 <= (exchange.payable or 0) <= exchange.agreed_lump_sum <= exchange.ceiling
    departs = exchange.payable is not None and exchange.payable != exchange.payable_by_rule()
    assert exchange.payable_why or not departs
    payment = exchange.payment_or_none
    if payment is None:
        return
    assert 0 < payment.amount <= exchange.agreed_lump_sum
    assert 0 <= payment.paid_amount <= payment.amount
    assert payment.paid_amount == sum(one.amount for one in payment.instalments.all())
    assert (payment.state == "paid") == (payment.amount_due == 0)
    if payment.state == "due" and exchange.payable_accepted_at:
        assert payment.amount == exchange.payable
