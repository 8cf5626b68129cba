"""Evidence handed in. Accepting and returning it, and all of the Final Activity Report, are plain transitions.

The payment follows by itself (`payments`). Rule: docs/rules.md, Evidence; Money.
"""

from cxc.access.scoped import Actor
from cxc.core.models import StoredFile
from cxc.workflow import create
from exchanges.models import Evidence, Exchange


def hand_in(exchange: Exchange, *, kind: str, file: StoredFile, by: Actor, note: str = "") -> Evidence:
    """Add a piece of evidence to a physical exchange; a host organisation adds its letter only.

    RequirementsUnmet while the exchange is not ongoing (or closed and not yet paid).
    """
    return create(Evidence(exchange=exchange, kind=kind, file=file, note=note), "upload", by=by)
