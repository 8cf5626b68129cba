"""The demo world that `./portal bench scale` has multiplied: what the database, the events and the figures say."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from benchmarks.scaling.multiplier import Multiplier, exchanges_to_copy
from cxc import clock
from cxc.demo.scenarios.days import now_of
from cxc.demo.scheme import PILOT
from cxc.workflow.models import StateEvent
from exchanges.models import Exchange, Payment
from matching.services.profile_indexes import PROFILE_INDEXES
from profiles.models import Generation, Partnership
from reports.statistics import Filters, statistics
from tests.demo import test_world

pytestmark = pytest.mark.django_db


@pytest.mark.long(60)
@pytest.mark.usefixtures("db")
def test_a_copy_of_all_that_is_over_is_sound_and_doubles_the_figures(demo_world: date) -> None:
    pilot = Filters(generation=Generation.objects.get(code=PILOT))
    with clock.at(now_of(demo_world)):
        figures, paid = statistics(pilot)["exchanges"], _paid(pilot)
        before, copied = Exchange.objects.count(), exchanges_to_copy().count()
        multiplier = Multiplier(Partnership.objects.get(members__email="coordinator@demo.example"))
        wanted = before + copied + multiplier.more_of_own
        assert multiplier.grow_to(wanted) == wanted
        connection.check_constraints()
        assert _by_modality(statistics(pilot)["exchanges"]) == _by_modality(figures, times=2)
        assert _paid(pilot) == paid * 2
        assert [index.name for index in PROFILE_INDEXES if index.differing()] == []
    test_world.test_every_state_is_what_the_events_tell()
    newest = Exchange.objects.filter(generation=pilot.generation).order_by("pk").last()
    assert {event.label for event in StateEvent.of(newest)} == {str(newest)}


def _paid(filters: Filters) -> Any:
    payments = Payment.objects.filter(exchange__generation=filters.generation)
    return payments.aggregate(paid=Sum("paid_amount"))["paid"]


def _by_modality(found: Mapping[str, Any], times: int = 1) -> dict[str, Any]:
    """All counts but that of Partnerships, multiplied."""
    counted = {name: value for name, value in found.items() if name != "partnerships"}
    return {
        name: _by_modality(value, times) if isinstance(value, Mapping) else value * times
        for name, value in counted.items()
    }
