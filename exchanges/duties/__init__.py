"""What is owed on the way of an exchange: building it, being there, finishing it, paying."""

from exchanges.duties.building import BUILDING
from exchanges.duties.finishing import FINISHING, PAYMENTS
from exchanges.duties.open_visits import OPEN_VISITS
from exchanges.duties.past import ENTRIES
from exchanges.duties.shared import MATCHES, SHARED_PARTS

WATCHES = (OPEN_VISITS, MATCHES, SHARED_PARTS, BUILDING, FINISHING, PAYMENTS, ENTRIES)

__all__ = ["WATCHES"]
