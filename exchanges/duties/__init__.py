"""What is owed on the way of an exchange until it is ready to start."""

from exchanges.duties.building import BUILDING
from exchanges.duties.shared import MATCHES, SHARED_PARTS

WATCHES = (MATCHES, SHARED_PARTS, BUILDING)

__all__ = ["WATCHES"]
