"""The places of a visit are the same number for many visits at once, and for one visit alone."""

import pytest

from cxc import clock
from exchanges.models import Visit
from tests.factories.parties import usual_parties, with_another_visitor
from tests.scenarios import completion, lifecycle
from tests.scenarios.states import BUILDERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

KINDS = ("match", "exchange", "visit", "visitmove", "waitinglistentry")


def places(visit: Visit) -> tuple[int, int]:
    return visit.places_taken, visit.host_places_taken_elsewhere


@pytest.mark.parametrize("moment", [lifecycle.NOW, completion.AFTER])
@pytest.mark.parametrize("kind", KINDS)
def test_with_places_counts_what_count_places_counts(kind: str, moment: object) -> None:
    for build in BUILDERS[kind].values():
        build(usual_parties())
    with clock.at(moment):
        together = {visit.pk: places(visit) for visit in Visit.objects.with_places()}
        alone = {}
        for visit in Visit.objects.select_related("host_profile"):
            visit.count_places()
            alone[visit.pk] = places(visit)
    assert together == alone
    assert together


@pytest.mark.parametrize("kind", KINDS)
def test_a_partnerships_list_by_pages_holds_all_its_visits(kind: str) -> None:
    parties = usual_parties()
    for build in BUILDERS[kind].values():
        build(with_another_visitor(parties))
    completion.closed(usual_parties("PT", "FR"))
    for actor in (parties.vop_coordinator, parties.hop_coordinator):
        plain = sorted(Visit.objects.visible_to(actor).values_list("pk", flat=True))
        assert sorted(Visit.objects.visible_to(actor, paged=True).values_list("pk", flat=True)) == plain
        assert len(plain) < Visit.objects.count()
    assert plain  # the host's Partnership has some of each kind
