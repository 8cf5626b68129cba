"""The Final Activity Report of an exchange, from its models."""

from datetime import date

from cxc.core import languages
from cxc.documents.pdf import Mark
from cxc.workflow.models import StateEvent
from exchanges.documents import builder, contexts
from exchanges.documents.clause_texts import clauses_of
from exchanges.enums import CTQ_PARTIES, FAR, ClauseKind
from exchanges.models import Exchange, FinalActivityReport


def context(exchange: Exchange, *, number: int | None, dated: date, mark: Mark = "") -> contexts.FarContext | None:
    """As the report stands now; None where the exchange has none."""
    report, visit = exchange.report_or_none, exchange.visit
    if report is None:
        return None
    with languages.english():
        first, last = exchange.agreed_start or visit.first_day, exchange.agreed_end or visit.last_day
        found = clauses_of(exchange, ClauseKind.FAR, dated)
        return contexts.FarContext(
            head=builder.head(exchange, FAR, CTQ_PARTIES, version=number, dated=dated, mark=mark),
            parties=builder.parties(exchange, CTQ_PARTIES),
            exchange=builder.facts(
                exchange,
                exchange.actual_start or exchange.agreed_start,
                exchange.actual_end or exchange.agreed_end,
                exchange.actual_working_days,
                days_off=True,
            ),
            agreed_first_day=first,
            agreed_last_day=last,
            agreed_working_days=exchange.agreed_working_days or 0,
            agenda=builder.agenda(visit, first, last),
            activities=report.activities,
            departures=report.departures,
            outcomes=report.outcomes,
            contacts=report.contacts,
            follow_up=report.follow_up,
            satisfaction=report.satisfaction,
            story_consent=report.story_consent,
            story=report.story,
            evidence=_evidence(exchange),
            submission=_submission(report),
            acceptance=_acceptance(report),
            clauses=found.sections,
            clauses_version=found.version,
        )


def _evidence(exchange: Exchange) -> list[contexts.EvidenceLine]:
    return [
        contexts.EvidenceLine(
            kind=str(piece.get_kind_display()),
            name=piece.file.name,
            received_on=builder.local_day(piece.uploaded_at, exchange),
            state=str(piece.get_state_display()),
        )
        for piece in exchange.evidence.select_related("file")
    ]


def _submission(report: FinalActivityReport) -> contexts.Submission | None:
    event = StateEvent.of(report).filter(transition__in=("submit", "submit_for_visitor")).last()
    if event is None:
        return None
    return contexts.Submission(
        name=str(event.by_user or event.principal_label),
        function=event.by_user.job_title if event.by_user else "",
        submitted_on=builder.local_day(event.happened_at, report.exchange),
        on_behalf_reason=event.reason if event.transition == "submit_for_visitor" else "",
    )


def _acceptance(report: FinalActivityReport) -> contexts.Acceptance | None:
    event = StateEvent.of(report).filter(transition="accept").last()
    if event is None or report.accepted_at is None:
        return None
    return contexts.Acceptance(
        name=str(event.by_user or event.principal_label),
        body=report.accepted_by_label,
        accepted_on=builder.local_day(report.accepted_at, report.exchange),
    )
