"""An exchange of the year before, as a Partnership enters it."""

from datetime import date
from typing import Any

from exchanges.recorded_exchange import RecordedExchange
from tests.factories import people
from tests.factories.parties import Parties


def recorded_exchange(parties: Parties, **fields: Any) -> RecordedExchange:
    """Three days of May 2025 between the usual visitor and host, physical, not paid unless `fields` say so."""
    values = {
        "visiting_organisation": parties.visitor.pk,
        "host_organisation": parties.host.pk,
        "host_partnership": parties.hop.pk,
        "generation": people.generation().pk,
        "modality": "physical",
        "type": "networking",
        "sector": "13",
        "start": date(2025, 5, 12),
        "end": date(2025, 5, 14),
    }
    return RecordedExchange(**(values | fields))
