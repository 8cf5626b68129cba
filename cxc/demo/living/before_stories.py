"""Exchanges that have not started: drafts, papers on their way, signatures, ready ones, late and cancelled ones."""

from cxc.demo.living.days import DAY, on
from cxc.demo.living.stage import Stage, Story
from cxc.ground.moves import perform
from exchanges.enums import Party
from exchanges.services.cancelling import cancel_exchange
from profiles.enums import Modality


def ready_to_start(stage: Stage) -> Story:
    trip = stage.ahead(6, stage.participants.loom, "IT", stage.rail_house).build()
    yield
    trip.make_ready()


def a_screen_visit_ready_to_start(stage: Stage) -> Story:
    trip = stage.ahead(3, stage.participants.rail, "DK", stage.loom_house, Modality.VIRTUAL).build()
    yield
    trip.make_ready()


def signed_but_not_set_ready(stage: Stage) -> Story:
    trip = stage.ahead(12, stage.participants.loom, "ES", stage.food_house, Modality.VIRTUAL).build()
    yield
    trip.sign()


def waiting_for_the_host_to_sign(stage: Stage) -> Story:
    trip = stage.ahead(17, stage.participants.food, "LV", stage.loom_house).build()
    yield
    trip.sign(Party.VO, Party.VOP)


def waiting_for_the_visitor_to_sign(stage: Stage) -> Story:
    trip = stage.ahead(18, stage.participants.loom, "IT", stage.food_house).build()
    yield
    trip.sign(Party.HO, Party.HOP)


def papers_late(stage: Stage) -> None:
    """It starts within days, and the Support Office has not seen its papers."""
    stage.ahead(5, stage.participants.loom, "PT", stage.rail_house).begin().prepare().write_own()


def shared_part_returned(stage: Stage) -> None:
    trip = stage.ahead(25, stage.participants.food, "LT", stage.rail_house)
    trip.begin().prepare().write_shared().write_own().submit_shared()
    with on(stage.participants.today - 2 * DAY):
        shared = trip.exchange.visit.shared_part
        shared.refresh_from_db()
        reason = "The agenda says what the host shows, not yet what the visitors bring."
        perform(shared, "send_back", by=stage.participants.offices.support, reason=reason)


def asked_to_cancel(stage: Stage) -> None:
    trip = stage.ahead(20, stage.participants.rail, "FR", stage.loom_house).begin().prepare()
    with on(stage.participants.today - 2 * DAY):
        reason = "Our biggest machine broke and everybody is needed at home."
        perform(trip.exchange, "ask_to_cancel", by=trip.visitor.owner, reason=reason)


def a_draft(stage: Stage) -> None:
    stage.ahead(38, stage.participants.loom, "IT", stage.rail_house).begin()


def cancelled(stage: Stage) -> None:
    """With its match: place and visitor are free again."""
    trip = stage.ahead(30, stage.participants.loom, "ES", stage.food_house).begin().prepare()
    with on(stage.participants.today - 3 * DAY):
        cancel_exchange(trip.exchange, by=trip.vop, reason="The fair it was built around is off.", match_too=True)


IN_TWO_HALVES = (
    ready_to_start,
    a_screen_visit_ready_to_start,
    signed_but_not_set_ready,
    waiting_for_the_host_to_sign,
    waiting_for_the_visitor_to_sign,
)
AT_ONCE = (papers_late, shared_part_returned, asked_to_cancel, a_draft, cancelled)
