"""The Final Activity Report of an exchange, from its models."""

from datetime import date

from django.utils import translation

from cxc import clock
from cxc.ground.models import StateEvent
from cxc.ground.pdf import Mark
from exchanges.documents import contexts as c
from exchanges.documents import filling
from exchanges.enums import CTQ_PARTIES, ReportState
from exchanges.models import Exchange, FinalActivityReport


def context(report: FinalActivityReport) -> c.FarContext:
    """As it was accepted; marked DRAFT before that."""
    exchange = report.exchange
    with translation.override("en"):
        return c.FarContext(
            head=filling.head(exchange, "FAR", version=report.version, dated=_dated(report), mark=_mark(report)),
            parties=filling.parties(exchange, CTQ_PARTIES),
            exchange=filling.facts(
                exchange,
                exchange.actual_start or exchange.agreed_start,
                exchange.actual_end or exchange.agreed_end,
                exchange.actual_working_days,
            ),
            agreed_first_day=exchange.agreed_start or exchange.visit.first_day,
            agreed_last_day=exchange.agreed_end or exchange.visit.last_day,
            agreed_working_days=exchange.agreed_working_days or 0,
            agenda=filling.agenda(exchange.visit),
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
        )


def _mark(report: FinalActivityReport) -> Mark:
    return "" if report.state == ReportState.ACCEPTED else "draft"


def _dated(report: FinalActivityReport) -> date:
    if report.accepted_at is not None:
        return filling.local_day(report.accepted_at, report.exchange)
    return clock.today(report.exchange.visit.time_zone)


def _evidence(exchange: Exchange) -> list[c.EvidenceLine]:
    return [
        c.EvidenceLine(
            kind=str(paper.get_kind_display()),
            name=paper.file.name,
            received_on=filling.local_day(paper.uploaded_at, exchange),
            state=str(paper.get_state_display()),
        )
        for paper in exchange.evidence.select_related("file")
    ]


def _submission(report: FinalActivityReport) -> c.Submission | None:
    event = StateEvent.of(report).filter(move__in=("submit", "submit_for_visitor")).last()
    if event is None:
        return None
    return c.Submission(
        name=str(event.by_user or event.body_label),
        function=event.by_user.job_title if event.by_user else "",
        submitted_on=filling.local_day(event.happened_at, report.exchange),
        on_behalf_reason=event.reason if event.move == "submit_for_visitor" else "",
    )


def _acceptance(report: FinalActivityReport) -> c.Acceptance | None:
    event = StateEvent.of(report).filter(move="accept").last()
    if event is None or report.accepted_at is None:
        return None
    return c.Acceptance(
        name=str(event.by_user or event.body_label),
        body=report.accepted_by_label,
        accepted_on=filling.local_day(report.accepted_at, report.exchange),
    )
