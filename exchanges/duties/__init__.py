"""What is owed on the way of an exchange: building it, being there, finishing it, paying."""

from exchanges.duties.building import BUILDING, MATCHES, SHARED_PARTS
from exchanges.duties.finishing import FINISHING, PAYMENTS

WATCHES = (MATCHES, SHARED_PARTS, BUILDING, FINISHING, PAYMENTS)

__all__ = ["WATCHES"]
