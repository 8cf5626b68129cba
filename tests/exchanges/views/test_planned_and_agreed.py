"""Building an exchange: plan, agreed figures, ceiling, cancelling."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cxc import clock
from cxc.workflow import perform
from profiles.models import ExchangeType
from tests.exchanges.views import builders
from tests.factories.clients import client_for
from tests.factories.parties import Parties
from tests.scenarios import lifecycle

pytestmark = pytest.mark.django_db

DAYS = {"start": "2026-09-28", "end": "2026-09-30"}


def test_the_plan_is_changed_and_the_days_are_counted(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    kind = ExchangeType.objects.last()
    response = builders.send(parties.hop_coordinator, "exchange_plan", exchange.pk, DAYS, type=kind.pk)
    assert response.url == f"/exchanges/{exchange.pk}/#planned"
    changed = builders.fresh(exchange)
    assert (changed.type, changed.planned_working_days) == (kind, 3)


def test_a_stay_outside_the_visit_comes_back_with_what_was_typed(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    typed = {"start": "2026-09-28", "end": "2026-10-05", "type": exchange.type_id}
    response = builders.send(parties.vop_coordinator, "exchange_plan", exchange.pk, typed)
    assert "Choose days within the visit" in builders.errors(response)["__all__"][0]
    assert 'value="05/10/2026"' in response.content.decode()
    assert builders.fresh(exchange).planned_end == date(2026, 9, 30)


def test_days_in_the_wrong_order_are_told_beside_the_field(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    response = builders.send(
        parties.vop_coordinator, "exchange_plan", exchange.pk, start="2026-09-30", end="2026-09-28"
    )
    assert builders.errors(response) == {"end": ["The last day is before the first."]}


def test_agreed_figures_show_ceiling_and_rule_and_are_kept(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    shown = builders.page(parties.vop_coordinator, "exchange_agreed", exchange.pk)
    assert f"EUR {exchange.ceiling}" in shown
    assert "From 3 working days: 50 % of the ceiling" in shown
    response = builders.send(parties.vop_coordinator, "exchange_agreed", exchange.pk, DAYS, sector="13", lump_sum="500")
    assert response.status_code == 302
    agreed = builders.fresh(exchange)
    assert (agreed.sector_id, agreed.agreed_lump_sum, agreed.agreed_working_days) == ("13", Decimal(500), 3)


def test_an_amount_above_the_ceiling_is_refused_with_both_numbers(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    response = builders.send(
        parties.vop_coordinator, "exchange_agreed", exchange.pk, DAYS, sector="13", lump_sum="99999"
    )
    assert f"above the ceiling of EUR {exchange.ceiling}" in builders.errors(response)["__all__"][0]


def test_a_virtual_exchange_asks_for_no_money(parties: Parties) -> None:
    exchange = builders.roomy(parties, "virtual")
    response = builders.send(parties.vop_coordinator, "exchange_agreed", exchange.pk, DAYS, sector="13", lump_sum="500")
    assert response.status_code == 302
    assert builders.fresh(exchange).agreed_lump_sum is None


def test_the_support_office_sets_a_higher_ceiling_with_the_reason(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    assert list(builders.errors(builders.send(parties.so, "exchange_ceiling", exchange.pk, ceiling="5000"))) == [
        "reason"
    ]
    assert (
        builders.send(parties.so, "exchange_ceiling", exchange.pk, ceiling="5000", reason="Far away").status_code == 302
    )
    assert builders.fresh(exchange).ceiling == Decimal(5000)


def test_cancelling_alone_leaves_the_match_confirmed(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    assert list(builders.errors(builders.send(parties.hop_coordinator, "exchange_cancel", exchange.pk))) == ["reason"]
    assert builders.send(parties.hop_coordinator, "exchange_cancel", exchange.pk, reason="Ill").status_code == 302
    cancelled = builders.fresh(exchange)
    assert (cancelled.state, cancelled.match.state) == ("cancelled", "confirmed")


def test_cancelling_can_take_the_match_with_it(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    builders.send(parties.vop_coordinator, "exchange_cancel", exchange.pk, reason="Ill", with_match="on")
    cancelled = builders.fresh(exchange)
    assert (cancelled.state, cancelled.match.state) == ("cancelled", "cancelled")


def test_the_plan_of_a_cancelled_exchange_is_closed_with_a_sentence(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill")
    response = client_for(parties.vop_coordinator).get(f"/exchanges/{exchange.pk}/plan/")
    assert response.status_code == 409
    assert "“Cancelled” now" in response.content.decode()


def test_the_page_shows_the_step_that_is_open_and_what_another_still_needs(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    shown = builders.page(parties.vop_coordinator, "exchange", exchange.pk)
    assert f'href="/exchanges/{exchange.pk}/plan/"' in shown
    assert "Have the shared part of the CTQ validated first." in shown
    assert f'href="/exchanges/{exchange.pk}/plan/"' not in builders.page(parties.vo, "exchange", exchange.pk)


def test_a_step_that_is_not_for_now_has_no_button(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    steps = f"/transitions/exchanges.exchange/{exchange.pk}/"
    before = builders.page(parties.vop_coordinator, "exchange", exchange.pk)
    with clock.at(lifecycle.NOW.replace(month=10)):
        after = builders.page(parties.vop_coordinator, "exchange", exchange.pk)
    names = ("set_ready", "set_ready_late", "refuse_to_cancel")
    assert [f"{steps}{name}/" in before for name in names] == [True, False, False]
    assert [f"{steps}{name}/" in after for name in names] == [False, True, False]


def test_the_host_sees_no_money_and_no_account(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    own, hosts = builders.page(parties.vo, "exchange", exchange.pk), builders.page(parties.ho, "exchange", exchange.pk)
    assert ("ES91 2100" in own, "Lump sum" in own) == (True, True)
    assert ("ES91 2100" in hosts, "Lump sum" in hosts, 'id="fa"' in hosts) == (False, False, False)


def test_a_yes_given_outside_is_taken_back_as_a_request_to_cancel(parties: Parties) -> None:
    match = lifecycle.proposed(parties, by=parties.vo)
    perform(match, "host_yes_outside", by=parties.hop_coordinator, on=date(2026, 9, 4), how="By telephone")
    exchange = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    perform(exchange, "prepare", by=parties.vop_coordinator)
    assert builders.send(parties.vo, "take_back_yes", exchange.pk, sure="on").status_code == 403
    assert "Take back the yes given for us" in builders.page(parties.ho, "exchange", exchange.pk)
    assert builders.send(parties.ho, "take_back_yes", exchange.pk, sure="on").status_code == 302
    assert builders.fresh(exchange).cancel_asked_by == "ho"


def test_a_state_stands_beside_what_has_it(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    form = client_for(parties.hop_coordinator).get(reverse("shared_edit", args=[exchange.visit_id])).content.decode()
    assert "badge state" not in form, "the state of the visit is not that of the part"
    transition = (
        client_for(parties.so).get(f"/transitions/exchanges.exchange/{exchange.pk}/back_to_draft/").content.decode()
    )
    assert transition.count("badge state") == 1


def test_a_visit_is_named_by_host_and_day(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    assert str(exchange.visit) == f"{parties.host}, 28 Sep 2026"
