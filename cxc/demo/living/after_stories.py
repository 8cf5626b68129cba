"""Exchanges that have started: under way, waiting for papers, closed, paid, late."""

from decimal import Decimal

from cxc.demo.living.days import DAY, around, ended, on
from cxc.demo.living.stage import Stage, Story
from cxc.demo.living.trip import Trip
from cxc.ground.moves import perform
from exchanges.enums import EvidenceKind
from profiles.enums import Modality


def paid_and_remembered(stage: Stage) -> Story:
    """Five days for the whole ceiling; both sides have said what they think."""
    stay = ended(stage.rail_house.participant.country, stage.participants.today - 60 * DAY, days=5)
    trip = stage.during(stay, stage.participants.loom, "IT", stage.rail_house)
    trip.build()
    yield
    trip.make_ready().finish().feed_back().pay()


def closed_without_report(stage: Stage) -> Story:
    """The Support Office closes an online visit of which nobody reported."""
    trip = stage.behind(70, stage.participants.food, "LV", stage.loom_house, Modality.VIRTUAL).build()
    yield
    trip.make_ready().start()
    with on(trip.stay.end + 40 * DAY):
        reason = "No report after three reminders and a call."
        perform(trip.exchange, "close_unpaid", by=stage.participants.offices.support, reason=reason)


def the_visitors_screen_visit(stage: Stage) -> Story:
    """The demo visitor met a host online before it travels, with the same profile."""
    stay = ended(stage.rail_house.participant.country, stage.participants.today - 50 * DAY)
    trip = Trip.agreed(
        stage.participants, stage.visitor, stage.rail_house, stay, Modality.VIRTUAL, profile=stage.visitor_profile
    )
    trip.build()
    yield
    trip.make_ready().finish().feed_back()


def payment_overdue(stage: Stage) -> Story:
    trip = stage.behind(38, stage.participants.loom, "ES", stage.food_house).build()
    yield
    trip.make_ready().finish()


def payment_due(stage: Stage) -> Story:
    """A first instalment is paid; the rest is due."""
    trip = stage.behind(11, stage.participants.loom, "PT", stage.rail_house).build()
    yield
    trip.make_ready().finish().pay(9, Decimal(100))


def report_overdue(stage: Stage) -> Story:
    """One paper accepted, one returned, and no report twelve days after the end."""
    trip = stage.behind(12, stage.participants.loom, "IT", stage.food_house).build()
    yield
    trip.make_ready().start()
    trip.answer_evidence(trip.hand_in_evidence())
    blurred = trip.hand_in_evidence(EvidenceKind.BOARDING)
    trip.answer_evidence(blurred, "send_back", reason="The names on the tickets can't be read.")


def report_returned(stage: Stage) -> Story:
    trip = stage.behind(9, stage.participants.loom, "ES", stage.food_house).build()
    yield
    trip.make_ready().start()
    trip.answer_evidence(trip.hand_in_evidence())
    trip.report().answer_report("send_back", reason="Please name the companies you met.")


def report_to_accept(stage: Stage) -> Story:
    trip = stage.behind(5, stage.participants.loom, "IT", stage.rail_house).build()
    yield
    trip.make_ready().start()
    trip.hand_in_evidence()
    trip.report()


def cut_short(stage: Stage) -> Story:
    """Two working days instead of three: what is payable is the Support Office's to say."""
    trip = stage.behind(7, stage.participants.loom, "PT", stage.food_house).build()
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


def under_way(stage: Stage) -> Story:
    stay = around(stage.rail_house.participant.country, stage.participants.today)
    trip = stage.during(stay, stage.participants.loom, "ES", stage.rail_house).build()
    yield
    trip.make_ready().start()


def a_group_on_the_screen(stage: Stage) -> Story:
    """Two visitors, one visit, one agenda: written and validated once."""
    stay = around(stage.food_house.participant.country, stage.participants.today)
    first, second = (
        stage.during(stay, stage.participants.rail, country, stage.food_house, Modality.VIRTUAL)
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
