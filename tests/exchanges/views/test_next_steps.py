"""The top of an exchange's page: what comes next, and whether it is for the reader."""

from dataclasses import replace

import pytest

from cxc import clock
from cxc.access.scoped import Actor, Side
from cxc.todo.subjects import by_code
from exchanges.models import Exchange
from exchanges.presenters.next_steps import next_steps
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PAY = "Pay the visitor, and enter the payment"
KEPT_FROM_HOSTS = {
    "exchanges.financialagreement",
    "exchanges.evidence",
    "exchanges.finalactivityreport",
    "exchanges.payment",
}
# Owed on the exchange, about the same.
KEPT_ON_EXCHANGES = {"sign_fa_vo", "sign_fa_vop", "evidence", "accept_payable", "decide_payable"}


def mine(exchange: Exchange, actor: Actor) -> list[str]:
    return [step.url.partition("/exchanges/")[2] for step in next_steps(exchange, actor) if step.is_mine]


def titles(exchange: Exchange, actor: Actor) -> set[str]:
    return {str(step.title) for step in next_steps(exchange, actor)}


def test_what_is_mine_comes_first_and_leads_to_the_field() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    steps = next_steps(exchange, parties.vo)
    assert [step.is_mine for step in steps] == sorted((step.is_mine for step in steps), reverse=True)
    assert mine(exchange, parties.vo) == [f"{exchange.pk}/own-part/#id_objectives", f"{exchange.pk}/agreement/#id_iban"]
    for url in mine(exchange, parties.vo):
        assert client_for(parties.vo).get(f"/exchanges/{url}").status_code == 200


def test_a_reader_sees_what_is_owed_and_is_not_told_that_it_is_theirs() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    for reader in (people.member(parties.visitor, "reader"), people.coordinator(parties.vop, "reader")):
        assert mine(exchange, reader) == []
        assert titles(exchange, reader) == titles(exchange, parties.vo)
        assert "This is for you" not in client_for(reader).get(exchange.get_absolute_url()).content.decode()


def test_host_and_observer_are_not_told_what_is_owed_on_agreement_evidence_report_and_money() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    assert "Enter payee and bank account" in titles(exchange, parties.vo)
    visitors = {"Write your part of the CTQ", "Set the sector and the agreed figures"}
    for reader in (parties.ho, parties.hop_coordinator, people.observer()):
        assert visitors <= titles(exchange, reader)
        assert "Enter payee and bank account" not in titles(exchange, reader)
    lifecycle.validated_documents(parties, exchange)
    exchange.refresh_from_db()
    for reader in (parties.ho, parties.hop_coordinator):
        assert "Sign the Commitment to Quality" in titles(exchange, reader)
        assert "Sign the Financial Agreement" not in titles(exchange, reader)
    # The observer reads neither document.
    assert not any(str(title).startswith("Sign") for title in titles(exchange, people.observer()))


@pytest.mark.parametrize("code", sorted(by_code()))
def test_each_thing_owed_is_read_by_those_who_read_what_it_is_about(code: str) -> None:
    """Rule: docs/rules.md, Access."""
    subject, declared = by_code()[code]
    readers = set(subject.model.read_permissions[subject.permission_of(declared.todo)])
    assert set(declared.todo.owed_by) <= readers
    if subject.kind in KEPT_FROM_HOSTS or code in KEPT_ON_EXCHANGES:
        assert readers & {Side.HO, Side.HOP, Side.LEAD} == set()


def test_a_signatory_who_may_not_write_is_led_to_what_they_sign() -> None:
    parties = usual_parties()
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    signatory = people.member(parties.visitor, "reader", signs=True)
    urls = mine(exchange, signatory)
    assert urls != []
    assert {client_for(signatory).get(f"/exchanges/{url}").status_code for url in urls} == {200}


def test_a_payment_is_told_to_those_who_see_it() -> None:
    parties = usual_parties()
    exchange = completion.closed(parties)
    everybody = {
        "vo": parties.vo,
        "ho": parties.ho,
        "vop": parties.vop_coordinator,
        "hop": parties.hop_coordinator,
        "so": parties.so,
    }
    with clock.at(completion.AFTER):
        readers = {name for name, actor in everybody.items() if PAY in titles(exchange, actor)}
    assert readers == {"vo", "vop", "so"}


def test_a_partnership_on_both_sides_is_waited_for_once() -> None:
    usual = usual_parties()
    parties = replace(usual, hop=usual.vop, hop_coordinator=usual.vop_coordinator)
    match = lifecycle.confirmed(parties)
    exchange = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    assert {step.who for step in next_steps(exchange, parties.vo) if not step.is_mine} == {str(parties.vop)}
