"""Evidence and the Final Activity Report, where more than a plain move is done.

Accepting and returning are plain moves; the payment follows by itself (`payments`).
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cxc.ground.access import Actor
from cxc.ground.models import StoredFile
from cxc.ground.moves import begin, perform
from exchanges.models import Evidence, Exchange, FinalActivityReport


def hand_in(exchange: Exchange, *, kind: str, file: StoredFile, by: Actor, note: str = "") -> Evidence:
    """Add a piece of evidence; a host organisation adds its letter only."""
    return begin(Evidence(exchange=exchange, kind=kind, file=file, note=note), "upload", by=by)


def report_for_visitor(
    report: FinalActivityReport,
    *,
    by: Actor,
    version_read: int,
    fields: Mapping[str, Any],
    file: StoredFile,
    reason: str,
) -> FinalActivityReport:
    """The Partnership or the Support Office writes and submits what the visitor sent on paper, in one go."""
    with transaction.atomic():
        perform(report, "edit", by=by, version_read=version_read, fields=fields)
        return perform(report, "submit_for_visitor", by=by, reason=reason, file=file)
