"""The exchanges that `./portal bench scale` multiplies: what the database, the events and the figures say of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from benchmarks import scale
from benchmarks.scaling import page_list
from benchmarks.scaling.multiplier import Multiplier, exchanges_to_copy
from cxc import clock
from cxc.workflow import perform
from exchanges.models import AgreementTerms, DocumentVersion, Exchange, Feedback, Instalment, Payment, Signature
from tests.factories.parties import usual_parties
from tests.scenarios import completion

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("now")
def test_an_exchange_paid_long_ago_is_copied_with_all_its_documents() -> None:
    parties = usual_parties()
    exchange = completion.paid(parties).exchange
    models = (Exchange, Payment, Instalment, DocumentVersion, AgreementTerms, Signature, Feedback)
    before = [model._default_manager.count() for model in models]
    with clock.at(completion.AFTER + timedelta(days=429)):
        assert not exchanges_to_copy().exists()
    with clock.at(completion.AFTER + timedelta(days=431)):
        assert not exchanges_to_copy().exists()  # its visitor still has a profile and may come in person only once
        perform(exchange.match.visiting_profile, "archive", by=parties.so)
        assert Multiplier().grow_to(3) == 3
    connection.check_constraints()
    assert [model._default_manager.count() for model in models] == [3 * number for number in before]


def test_every_view_of_which_one_thing_is_measured_has_an_address() -> None:
    for role in page_list.ROLES:
        for view, _model, _which in page_list._things(role):
            assert "/1/" in reverse(view, args=[1])


def test_the_table_says_times_and_queries_of_each_page() -> None:
    pages = {
        "support": {
            "/todo/": {"demo": _figures(40.0, 9), "100": _figures(60.0, 9)},
            "/me/": {"demo": _figures(20.0, 5), "100": _figures(20.0, 6) | {"status": 500}},
        }
    }
    ratios = scale._todo_to_me(pages)
    assert ratios == {"support": {"demo": 2.0, "100": 3.0}}
    to_me = scale._to_me(pages)
    text = scale.table({"pages": pages, "sizes": {"demo": {}, "100": {}}, "todo_to_me": ratios, "to_me": to_me})
    assert "1.5x  9, 20 ms (2.0x /me/)" in text
    assert "5 → 6" in text
    assert text.endswith("support /me/: 500 at 100")


def _figures(milliseconds: float, queries: int) -> dict[str, Any]:
    return {"p50_ms": milliseconds, "cpu_ms": milliseconds / 2, "queries": queries}
