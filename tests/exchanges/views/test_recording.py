"""The Support Office enters what happened outside the portal."""

import pytest

from exchanges.models import Exchange, Payment, Visit
from matching.models import Match
from profiles.enums import ProfileKind
from profiles.models import ExchangeType
from tests.exchanges.views import builders as b
from tests.world import paths

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(c: paths.Cast) -> dict[str, object]:
    """A physical exchange of March, paid in April."""
    visiting = paths.published(c.visitor, c.vop, c.vo, c.vop_coordinator)
    host = paths.published(c.host, c.hop, c.ho, c.hop_coordinator, kind=ProfileKind.HOST)
    return {
        "source": "Letter of the host",
        "visiting": visiting.pk,
        "host": host.pk,
        "modality": "physical",
        "matched_on": "2026-02-02",
        "start": "2026-03-02",
        "end": "2026-03-04",
        "type": ExchangeType.objects.first().pk,
        "sector": "13",
        "paid_on": "2026-04-01",
    }


def test_match_visit_exchange_and_payment_are_recorded(c: paths.Cast, typed: dict[str, object]) -> None:
    response = b.send(c.so, "record", None, typed)
    exchange = Exchange.objects.get()
    assert response.url == f"/exchanges/{exchange.pk}/"
    assert (exchange.state, exchange.is_recorded, exchange.actual_working_days) == ("closed", True, 3)
    assert (exchange.match.state, Payment.objects.get().state) == ("completed", "paid")
    assert "Recorded afterwards: its papers are not in the portal." in b.page(c.vo, "exchange", exchange.pk)


def test_facts_hold_and_nothing_is_left_behind(c: paths.Cast, typed: dict[str, object]) -> None:
    response = b.send(c.so, "record", None, typed, end="2026-03-03")
    assert "The stay has 2 working days; at least 3 are needed." in b.errors(response)["__all__"]
    assert (Exchange.objects.count(), Visit.objects.count(), Match.objects.count()) == (0, 0, 0)


def test_a_source_is_named_and_a_payment_has_its_day(c: paths.Cast, typed: dict[str, object]) -> None:
    response = b.send(c.so, "record", None, typed, source="", paid_on="", paid_amount="100")
    assert sorted(b.errors(response)) == ["paid_on", "source"]


def test_others_do_not_record(c: paths.Cast, typed: dict[str, object]) -> None:
    assert b.send(c.vop_coordinator, "record", None, typed).status_code == 403
