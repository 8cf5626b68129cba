"""What is owed until an exchange is ready, where something stands in the way of the next step."""

from datetime import UTC, datetime

import pytest

from cxc import clock
from cxc.access.scoped import Actor
from cxc.todo import items_for, reconcile
from cxc.workflow import perform
from exchanges.models import Exchange
from profiles.models import Membership, Organisation, Sector
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

AFTER_THE_START = datetime(2026, 9, 29, 9, 0, tzinfo=UTC)


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def names(actor: Actor) -> list[str]:
    """What is asked of them; what a test wrote without the services is derived first."""
    reconcile.work_off()
    return sorted(item.name for item in items_for(actor))


def with_sector(parties: Parties, exchange: Exchange) -> Exchange:
    figures = {"start": exchange.agreed_start, "end": exchange.agreed_end, "lump_sum": exchange.agreed_lump_sum}
    perform(exchange, "set_agreed", by=parties.vop_coordinator, sector=Sector.objects.first(), **figures)
    return exchange


def test_not_everything_is_there_where_the_host_country_takes_part_no_more(parties: Parties) -> None:
    exchange = with_sector(parties, lifecycle.signed(parties))
    assert names(parties.vop_coordinator) == ["set_ready"]
    exchange.generation.countries.remove(parties.host.country)
    assert names(parties.vop_coordinator) == []


def test_who_may_sign_is_asked_of_the_body_that_has_named_nobody(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    lifecycle.submitted_shared_part(parties, exchange.visit)
    Membership.objects.filter(organisation__in=[parties.visitor, parties.host]).update(is_signatory=False)
    assert "name_signatory_vo" in names(parties.vo)
    assert "name_signatory_ho" in names(parties.ho)
    assert not {"name_signatory_vop", "name_signatory_hop"} & {
        *names(parties.vop_coordinator),
        *names(parties.hop_coordinator),
    }


def test_what_documents_print_is_asked_of_the_body_that_has_not_entered_it(parties: Parties) -> None:
    lifecycle.in_preparation(parties)
    assert "enter_details_vo" not in names(parties.vo)
    Organisation.objects.filter(pk=parties.visitor.pk).update(street="")
    assert "enter_details_vo" in names(parties.vo)
    (item,) = [item for item in items_for(parties.vo) if item.name == "enter_details_vo"]
    assert item.url.endswith("#id_street")


def test_a_returned_part_is_the_visitors_until_something_in_it_was_changed(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    lifecycle.submitted_own_part(parties, exchange)
    own = exchange.own_part
    perform(own, "send_back", by=parties.so, reason="Say more.")
    assert "own_part" in names(parties.vo)
    assert "own_part_ready" not in names(parties.vop_coordinator)
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields={"objectives": "More is said now."})
    assert "own_part" not in names(parties.vo)
    assert "own_part_ready" in names(parties.vop_coordinator)


def test_the_shared_part_is_marked_ready_by_its_lead_once_it_is_written(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    assert "shared_part" in names(parties.ho)
    lifecycle.submitted_shared_part(parties, exchange.visit)
    perform(exchange.visit.shared_part, "take_back", by=parties.vop_coordinator)
    assert "shared_part" not in names(parties.ho)
    assert "shared_part_ready" in names(parties.vop_coordinator)


def test_after_a_missed_start_nobody_is_asked_to_sign(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    assert "sign_ctq_vo" in names(parties.vo)
    with clock.at(AFTER_THE_START):
        assert names(parties.vo) == []
        assert "start_missed" in names(parties.vop_coordinator)
    perform(exchange, "ask_to_cancel", by=parties.vo, reason="Ill.")
    with clock.at(AFTER_THE_START):
        assert names(parties.so) == ["start_waits"]
        assert "start_missed" not in names(parties.vop_coordinator)
