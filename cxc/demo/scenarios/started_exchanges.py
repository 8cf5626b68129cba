"""Exchanges that have started: under way, waiting for papers, closed, paid, late."""

from decimal import Decimal

from cxc.demo.scenarios.context import Scenario, ScenarioContext
from cxc.demo.scenarios.days import DAY, around, ended, on
from cxc.demo.scenarios.exchange_builder import ExchangeBuilder
from cxc.workflow import perform
from exchanges.enums import EvidenceKind
from profiles.enums import Modality


def paid_with_feedback(context: ScenarioContext) -> Scenario:
    """Five days for the whole ceiling; both sides have said what they think."""
    stay = ended(context.rail_host.participant.country, context.participants.today - 60 * DAY, days=5)
    builder = context.on_stay(stay, context.participants.loom, "IT", context.rail_host)
    builder.until_validated()
    yield
    builder.until_ready().until_closed().give_feedback().pay()


def closed_without_report(context: ScenarioContext) -> Scenario:
    """The Support Office closes an online visit of which nobody reported."""
    builder = context.ended_before(
        70, context.participants.food, "LV", context.loom_host, Modality.VIRTUAL
    ).until_validated()
    yield
    builder.until_ready().start()
    with on(builder.stay.end + 40 * DAY):
        reason = "No report after three reminders and a call."
        perform(builder.exchange, "close_unpaid", by=context.participants.offices.support, reason=reason)


def demo_visitors_online_visit(context: ScenarioContext) -> Scenario:
    """The demo visitor met a host online before it travels, with the same profile."""
    stay = ended(context.rail_host.participant.country, context.participants.today - 50 * DAY)
    builder = ExchangeBuilder.with_confirmed_match(
        context.participants,
        context.visitor,
        context.rail_host,
        stay,
        Modality.VIRTUAL,
        profile=context.visitor_profile,
    )
    builder.until_validated()
    yield
    builder.until_ready().until_closed().give_feedback()


def payment_overdue(context: ScenarioContext) -> Scenario:
    builder = context.ended_before(38, context.participants.loom, "ES", context.food_host).until_validated()
    yield
    builder.until_ready().until_closed()


def payment_due(context: ScenarioContext) -> Scenario:
    """A first instalment is paid; the rest is due."""
    builder = context.ended_before(11, context.participants.loom, "PT", context.rail_host).until_validated()
    yield
    builder.until_ready().until_closed().pay(9, Decimal(100))


def report_overdue(context: ScenarioContext) -> Scenario:
    """One paper accepted, one returned, and no report twelve days after the end."""
    builder = context.ended_before(12, context.participants.loom, "IT", context.food_host).until_validated()
    yield
    builder.until_ready().start()
    builder.answer_evidence(builder.hand_in_evidence())
    blurred = builder.hand_in_evidence(EvidenceKind.BOARDING)
    builder.answer_evidence(blurred, "send_back", reason="The names on the tickets can't be read.")


def report_returned(context: ScenarioContext) -> Scenario:
    builder = context.ended_before(9, context.participants.loom, "ES", context.food_host).until_validated()
    yield
    builder.until_ready().start()
    builder.answer_evidence(builder.hand_in_evidence())
    builder.submit_report().answer_report("send_back", reason="Please name the companies you met.")


def report_to_accept(context: ScenarioContext) -> Scenario:
    builder = context.ended_before(5, context.participants.loom, "IT", context.rail_host).until_validated()
    yield
    builder.until_ready().start()
    builder.hand_in_evidence()
    builder.submit_report()


def cut_short(context: ScenarioContext) -> Scenario:
    """Two working days instead of three: what is payable is the Support Office's to say."""
    builder = context.ended_before(7, context.participants.loom, "PT", context.food_host).until_validated()
    yield
    builder.until_ready().start()
    with on(builder.stay.end + DAY):
        builder.exchange.refresh_from_db()
        perform(
            builder.exchange,
            "correct_actual",
            by=builder.vop,
            reason="The visitor fell ill on the last day and went home.",
            start=builder.stay.start,
            end=builder.stay.end - DAY,
            days_off={},
        )
    builder.answer_evidence(builder.hand_in_evidence(days_after=2))
    builder.submit_report().answer_report()


def ongoing(context: ScenarioContext) -> Scenario:
    stay = around(context.rail_host.participant.country, context.participants.today)
    builder = context.on_stay(stay, context.participants.loom, "ES", context.rail_host).until_validated()
    yield
    builder.until_ready().start()


def online_group(context: ScenarioContext) -> Scenario:
    """Two visitors, one visit, one agenda: written and validated once."""
    stay = around(context.food_host.participant.country, context.participants.today)
    first, second = (
        context.on_stay(stay, context.participants.rail, country, context.food_host, Modality.VIRTUAL)
        for country in ("DE", "DK")
    )
    first.add_exchange_to_visit().prepare().write_shared_part().write_own_part()
    second.add_exchange_to_visit(44, visit=first.visit).prepare(41).write_own_part(35)
    first.submit_shared_part().submit_own_documents()
    second.submit_own_documents()
    for builder in (first, second):
        builder.validate()
    yield
    for builder in (first, second):
        builder.until_ready()
    for builder in (first, second):
        builder.start()


IN_TWO_PARTS = (
    paid_with_feedback,
    closed_without_report,
    demo_visitors_online_visit,
    payment_overdue,
    payment_due,
    report_overdue,
    report_returned,
    report_to_accept,
    cut_short,
    ongoing,
    online_group,
)
