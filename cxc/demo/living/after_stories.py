"""Exchanges that have started: under way, waiting for papers, closed, paid, late."""

from decimal import Decimal

from cxc.demo.living.context import Scenario, ScenarioContext
from cxc.demo.living.days import DAY, around, ended, on
from cxc.demo.living.trip import Trip
from cxc.ground.moves import perform
from exchanges.enums import EvidenceKind
from profiles.enums import Modality


def paid_and_remembered(context: ScenarioContext) -> Scenario:
    """Five days for the whole ceiling; both sides have said what they think."""
    stay = ended(context.rail_host.participant.country, context.participants.today - 60 * DAY, days=5)
    trip = context.on_stay(stay, context.participants.loom, "IT", context.rail_host)
    trip.build()
    yield
    trip.make_ready().finish().feed_back().pay()


def closed_without_report(context: ScenarioContext) -> Scenario:
    """The Support Office closes an online visit of which nobody reported."""
    trip = context.ended_before(70, context.participants.food, "LV", context.loom_host, Modality.VIRTUAL).build()
    yield
    trip.make_ready().start()
    with on(trip.stay.end + 40 * DAY):
        reason = "No report after three reminders and a call."
        perform(trip.exchange, "close_unpaid", by=context.participants.offices.support, reason=reason)


def the_visitors_screen_visit(context: ScenarioContext) -> Scenario:
    """The demo visitor met a host online before it travels, with the same profile."""
    stay = ended(context.rail_host.participant.country, context.participants.today - 50 * DAY)
    trip = Trip.agreed(
        context.participants,
        context.visitor,
        context.rail_host,
        stay,
        Modality.VIRTUAL,
        profile=context.visitor_profile,
    )
    trip.build()
    yield
    trip.make_ready().finish().feed_back()


def payment_overdue(context: ScenarioContext) -> Scenario:
    trip = context.ended_before(38, context.participants.loom, "ES", context.food_host).build()
    yield
    trip.make_ready().finish()


def payment_due(context: ScenarioContext) -> Scenario:
    """A first instalment is paid; the rest is due."""
    trip = context.ended_before(11, context.participants.loom, "PT", context.rail_host).build()
    yield
    trip.make_ready().finish().pay(9, Decimal(100))


def report_overdue(context: ScenarioContext) -> Scenario:
    """One paper accepted, one returned, and no report twelve days after the end."""
    trip = context.ended_before(12, context.participants.loom, "IT", context.food_host).build()
    yield
    trip.make_ready().start()
    trip.answer_evidence(trip.hand_in_evidence())
    blurred = trip.hand_in_evidence(EvidenceKind.BOARDING)
    trip.answer_evidence(blurred, "send_back", reason="The names on the tickets can't be read.")


def report_returned(context: ScenarioContext) -> Scenario:
    trip = context.ended_before(9, context.participants.loom, "ES", context.food_host).build()
    yield
    trip.make_ready().start()
    trip.answer_evidence(trip.hand_in_evidence())
    trip.report().answer_report("send_back", reason="Please name the companies you met.")


def report_to_accept(context: ScenarioContext) -> Scenario:
    trip = context.ended_before(5, context.participants.loom, "IT", context.rail_host).build()
    yield
    trip.make_ready().start()
    trip.hand_in_evidence()
    trip.report()


def cut_short(context: ScenarioContext) -> Scenario:
    """Two working days instead of three: what is payable is the Support Office's to say."""
    trip = context.ended_before(7, context.participants.loom, "PT", context.food_host).build()
    yield
    trip.make_ready().start()
    with on(trip.stay.end + DAY):
        trip.exchange.refresh_from_db()
        perform(
            trip.exchange,
            "correct_actual",
            by=trip.vop,
            reason="The visitor fell ill on the last day and went home.",
            start=trip.stay.start,
            end=trip.stay.end - DAY,
            days_off={},
        )
    trip.answer_evidence(trip.hand_in_evidence(days_after=2))
    trip.report().answer_report()


def under_way(context: ScenarioContext) -> Scenario:
    stay = around(context.rail_host.participant.country, context.participants.today)
    trip = context.on_stay(stay, context.participants.loom, "ES", context.rail_host).build()
    yield
    trip.make_ready().start()


def a_group_on_the_screen(context: ScenarioContext) -> Scenario:
    """Two visitors, one visit, one agenda: written and validated once."""
    stay = around(context.food_host.participant.country, context.participants.today)
    first, second = (
        context.on_stay(stay, context.participants.rail, country, context.food_host, Modality.VIRTUAL)
        for country in ("DE", "DK")
    )
    first.begin().prepare().write_shared().write_own()
    second.begin(44, visit=first.visit).prepare(41).write_own(35)
    first.submit_shared().submit_own()
    second.submit_own()
    for trip in (first, second):
        trip.validate()
    yield
    for trip in (first, second):
        trip.make_ready()
    for trip in (first, second):
        trip.start()


IN_TWO_HALVES = (
    paid_and_remembered,
    closed_without_report,
    the_visitors_screen_visit,
    payment_overdue,
    payment_due,
    report_overdue,
    report_returned,
    report_to_accept,
    cut_short,
    under_way,
    a_group_on_the_screen,
)
