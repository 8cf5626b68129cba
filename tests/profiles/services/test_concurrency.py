"""What many do at the same moment, on real connections."""

import pytest

from profiles.models import Country, Organisation
from profiles.services import organisations
from tests.factories import people
from tests.scenarios.parallel import in_parallel

pytestmark = [pytest.mark.usefixtures("committed_db", "now")]


@pytest.mark.parametrize("register_anyway", [False, True])
def test_one_organisation_registered_six_times_at_once_is_one(register_anyway: bool) -> None:
    by = [people.stranger() for _ in range(6)]
    spain = Country.objects.get(pk="ES")
    fields = {"legal_name": "Loom House", "kind": "sme", "country": spain, "city": "Vigo", "registration_number": "L-7"}
    told = in_parallel(
        *(lambda who=who: organisations.register(by=who, register_anyway=register_anyway, **fields) for who in by)
    )
    assert (told.count("done"), len(told)) == (1, 6)
    assert all("registered already" in sentence for sentence in told if sentence != "done")
    assert Organisation.objects.filter(legal_name="Loom House").count() == 1
