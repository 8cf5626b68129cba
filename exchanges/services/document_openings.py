"""Remembers who has opened what they may decide on. Rule: docs/decisions.md."""

from cxc.access.scoped import Actor, Side, sides_of
from exchanges.models import DocumentOpening, Evidence, FinalActivityReport

DECIDERS = frozenset({Side.VOP, Side.SO})


def evidence_was_opened(evidence: Evidence, by: Actor) -> None:
    """Remember that somebody who may answer this piece of evidence has opened its file; nothing for anybody else."""
    if by.user is not None and _decides(evidence, by):
        DocumentOpening.objects.get_or_create(evidence=evidence, user=by.user)


def report_was_opened(report: FinalActivityReport, by: Actor) -> None:
    """The same of a report as it is written now."""
    if by.user is not None and _decides(report, by):
        DocumentOpening.objects.get_or_create(report=report, report_version=report.row_version, user=by.user)


def _decides(document: Evidence | FinalActivityReport, by: Actor) -> bool:
    return by.may_write and bool(sides_of(by, document) & DECIDERS)
