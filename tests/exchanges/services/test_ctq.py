"""Parts, versions and validation of the CTQ, for one visitor and for three."""

from datetime import timedelta

import pytest

from cxc.ground.models import StateEvent
from cxc.ground.moves import NotAllowed, Refused, Stale, Unmet, WrongState, perform
from exchanges.documents import ctq as document
from exchanges.models import CtqVersion, Exchange, OwnPart, SharedPart, Visit
from exchanges.services import agenda, ctq
from profiles.enums import Modality
from tests.exchanges.services.group import Group, grouped, signed_group
from tests.world import paths
from tests.world.paths import FIRST, LAST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def numbers(exchange: Exchange) -> list[tuple[int, int, int, bool]]:
    """Number, shared and own version, editorial: of every version of a CTQ."""
    rows = CtqVersion.objects.filter(exchange=exchange).order_by("number")
    return list(rows.values_list("number", "shared_version", "own_version", "is_editorial"))


def revise_shared(group: Group, **texts: str) -> SharedPart:
    """The lead begins a new version, writes in it and hands it in."""
    shared, lead = group.shared, group.c.vop_coordinator
    perform(shared, "revise", by=lead)
    perform(shared, "edit", by=lead, version_read=shared.row_version, fields=texts)
    return perform(shared, "submit", by=lead)


# --- one visitor -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("modality", [Modality.PHYSICAL, Modality.VIRTUAL])
def test_a_version_keeps_both_parts_by_value(modality: str) -> None:
    c = paths.cast()
    exchange = paths.validated_papers(c, paths.in_preparation(c, modality))
    version = exchange.own_part.current_version
    assert numbers(exchange) == [(1, 1, 1, False)]
    printed = document.of_version(version)
    assert (printed.shared.goals, printed.own.outcomes) == ("Find joint trials.", "A letter of intent.")
    assert [party.name for party in printed.parties][:2] == [c.visitor.legal_name, c.host.legal_name]
    facts = printed.exchange
    assert (facts.first_day, facts.last_day, facts.working_days, facts.modality) == (FIRST, LAST, 3, modality)
    assert [item.day for item in printed.shared.agenda] == [FIRST, FIRST + timedelta(days=1), LAST]
    c.visitor.legal_name = "Renamed"
    c.visitor.save()
    assert document.of_version(CtqVersion.objects.get(pk=version.pk)) == printed


def test_own_part_waits_for_the_shared_part() -> None:
    c = paths.cast()
    own = paths.own_ready(c, paths.in_preparation(c))
    with pytest.raises(Unmet) as refusal:
        perform(own, "validate", by=c.so)
    assert [gap.name for gap in refusal.value.missing] == ["shared_validated"]


def test_a_part_with_gaps_is_not_ready() -> None:
    c = paths.cast()
    exchange = paths.in_preparation(c)
    for part, name in ((exchange.own_part, "own_complete"), (exchange.visit.shared_part, "shared_complete")):
        with pytest.raises(Unmet) as refusal:
            perform(part, "submit", by=c.vop_coordinator)
        assert [gap.name for gap in refusal.value.missing] == [name]


def test_stale_texts_carry_both() -> None:
    c = paths.cast()
    own = paths.in_preparation(c).own_part
    perform(OwnPart.objects.get(pk=own.pk), "edit", by=c.vo, version_read=1, fields={"objectives": "Theirs"})
    with pytest.raises(Stale) as stale:
        perform(own, "edit", by=c.vop_coordinator, version_read=1, fields={"objectives": "Mine"})
    assert (stale.value.current.objectives, stale.value.mine) == ("Theirs", {"objectives": "Mine"})


def test_follow_up_after_2_to_12_months() -> None:
    c = paths.cast()
    own = paths.in_preparation(c).own_part
    with pytest.raises(Refused, match="2 to 12"):
        perform(own, "edit", by=c.vo, version_read=1, fields={"follow_up_months": 13})


def test_a_new_version_voids_the_signatures() -> None:
    c = paths.cast()
    exchange = paths.signed(c)
    own = exchange.own_part
    perform(own, "revise", by=c.vop_coordinator)
    perform(own, "edit", by=c.vo, version_read=own.row_version, fields={"objectives": "Other ones."})
    perform(own, "submit", by=c.vop_coordinator)
    perform(own, "validate", by=c.so)
    assert numbers(exchange) == [(1, 1, 1, False), (2, 1, 2, False)]
    assert (own.state, len(own.missing_signature_labels())) == ("validated", 4)
    assert own.current_version.follows.number == 1
    assert exchange.ctq_versions.get(number=1).signatures.count() == 4


def test_an_editorial_version_keeps_the_signatures_and_lists_itself() -> None:
    c = paths.cast()
    exchange = paths.signed(c)
    own = exchange.own_part
    perform(own, "revise", by=c.vop_coordinator)
    perform(own, "edit", by=c.vo, version_read=own.row_version, fields={"objectives": "Learn about sensors!"})
    perform(own, "submit", by=c.vop_coordinator)
    perform(own, "validate_as_editorial", by=c.so, reason="A sign")
    assert numbers(exchange) == [(1, 1, 1, False), (2, 1, 2, True)]
    assert own.state == "signed"
    printed = document.of_version(own.current_version)
    assert [(line.version, line.note) for line in printed.editorial_versions] == [(2, "A sign")]
    assert [place.how for place in printed.signatures] == ["Signed on paper"] * 4


def test_a_first_version_is_never_editorial() -> None:
    c = paths.cast()
    exchange = paths.in_preparation(c)
    perform(paths.shared_ready(c, exchange.visit), "validate", by=c.so)
    with pytest.raises(Unmet) as refusal:
        perform(paths.own_ready(c, exchange), "validate_as_editorial", by=c.so)
    assert [gap.name for gap in refusal.value.missing] == ["validated_before", "substance_kept"]


def test_other_dates_are_no_editorial_change() -> None:
    c = paths.cast()
    exchange = paths.signed(c)
    perform(exchange.visit, "edit_frame", by=c.vop_coordinator, fields={"last_day": LAST + timedelta(days=1)})
    figures = {"sector": None, "lump_sum": exchange.agreed_lump_sum}
    perform(exchange, "set_agreed", by=c.vop_coordinator, start=FIRST, end=LAST + timedelta(days=1), **figures)
    own = OwnPart.objects.get(exchange=exchange)
    shared = SharedPart.objects.get(visit=exchange.visit)
    perform(shared, "submit", by=c.vop_coordinator)
    perform(shared, "validate_as_editorial", by=c.so)
    own.refresh_from_db()
    assert own.state == "ready"
    with pytest.raises(Unmet) as refusal:
        perform(own, "validate_as_editorial", by=c.so)
    assert [gap.name for gap in refusal.value.missing] == ["substance_kept"]


@pytest.mark.parametrize("is_signed", [False, True])
def test_other_agreed_dates_begin_new_versions(is_signed: bool) -> None:
    c = paths.cast()
    match = paths.confirmed(c)
    on = paths.visit(match, c.vop_coordinator, last_day=LAST + timedelta(days=2))
    made = paths.exchange(match, on, c.vop_coordinator, planned_start=FIRST, planned_end=LAST)
    exchange = perform(made, "prepare", by=c.vop_coordinator)
    exchange = (paths.signed_papers if is_signed else paths.validated_papers)(c, exchange)
    figures = {"sector": None, "lump_sum": exchange.agreed_lump_sum}
    perform(exchange, "set_agreed", by=c.vop_coordinator, start=FIRST, end=LAST + timedelta(days=1), **figures)
    exchange = Exchange.objects.get(pk=exchange.pk)
    assert (exchange.own_part.state, exchange.own_part.version) == ("draft", 2)
    assert (exchange.agreement.state, exchange.agreement.version) == ("draft", 2)
    assert SharedPart.objects.get(visit=on).state == "validated"


def test_the_same_figures_void_nothing() -> None:
    c = paths.cast()
    exchange = paths.set_ready(c, paths.signed(c))
    assert Exchange.objects.get(pk=exchange.pk).own_part.state == "signed"


def test_what_is_ready_stays_ready_when_dates_change() -> None:
    c = paths.cast()
    exchange = paths.in_preparation(c)
    own = paths.own_ready(c, exchange)
    perform(exchange.visit, "edit_frame", by=c.vop_coordinator, fields={"last_day": LAST + timedelta(days=1)})
    figures = {"sector": None, "lump_sum": exchange.agreed_lump_sum}
    perform(exchange, "set_agreed", by=c.vop_coordinator, start=FIRST, end=LAST + timedelta(days=1), **figures)
    own.refresh_from_db()
    assert (own.state, own.version) == ("ready", 1)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"title": "Autumn visit"}, "validated"),
        ({"city": "Ghent"}, "draft"),
        ({"time_zone": "Europe/Paris"}, "draft"),
        ({"places": 4}, "draft"),
        ({"last_day": LAST + timedelta(days=1)}, "draft"),
    ],
)
def test_another_frame_begins_a_new_shared_version(fields: dict[str, object], state: str) -> None:
    c = paths.cast()
    exchange = paths.signed(c)
    perform(Visit.objects.get(pk=exchange.visit_id), "edit_frame", by=c.vop_coordinator, fields=fields)
    shared = SharedPart.objects.get(visit=exchange.visit_id)
    own = OwnPart.objects.get(exchange=exchange)
    assert (shared.state, own.state) == (state, "signed" if state == "validated" else "ready")


def test_back_in_draft_what_was_ready_is_written_again() -> None:
    c = paths.cast()
    exchange = paths.in_preparation(c)
    paths.own_ready(c, exchange)
    paths.agreement_ready(c, exchange)
    perform(exchange, "back_to_draft", by=c.so, reason="Too early")
    exchange = Exchange.objects.get(pk=exchange.pk)
    assert (exchange.own_part.state, exchange.agreement.state) == ("returned", "returned")
    perform(exchange.own_part, "edit", by=c.vo, version_read=exchange.own_part.row_version, fields={"outcomes": "New"})
    with pytest.raises(Unmet):
        perform(exchange.own_part, "submit", by=c.vop_coordinator)


def test_a_draft_with_signatures_is_not_deleted() -> None:
    c = paths.cast()
    exchange = paths.signed(c)
    perform(exchange, "back_to_draft", by=c.so, reason="Too early")
    with pytest.raises(Unmet) as refusal:
        perform(exchange, "delete_draft", by=c.vop_coordinator)
    assert [gap.name for gap in refusal.value.missing] == ["nothing_signed"]


def test_a_draft_with_unsigned_versions_is_deleted() -> None:
    c = paths.cast()
    exchange = paths.validated_papers(c, paths.in_preparation(c))
    own = exchange.own_part
    perform(own, "revise", by=c.vop_coordinator)
    perform(own, "submit", by=c.vop_coordinator)
    perform(own, "validate_as_editorial", by=c.so)
    perform(exchange, "back_to_draft", by=c.so, reason="Too early")
    perform(exchange, "delete_draft", by=c.vop_coordinator)
    assert (Exchange.objects.count(), CtqVersion.objects.count()) == (0, 0)


@pytest.mark.parametrize("step", ["ready", "ongoing"])
def test_everything_is_locked_from_ready_on(step: str) -> None:
    c = paths.cast()
    exchange = Exchange.objects.get(pk=getattr(paths, step)(c).pk)
    for part in (exchange.own_part, exchange.visit.shared_part, exchange.agreement):
        with pytest.raises(Unmet):
            perform(part, "revise", by=c.vop_coordinator)
    with pytest.raises(Unmet):
        perform(exchange.visit, "edit_frame", by=c.vop_coordinator, fields={"city": "Ghent"})
    with pytest.raises(Unmet):
        perform(exchange.visit.shared_part, "remark", by=c.hop_coordinator, text="Late")


# --- three visitors ----------------------------------------------------------------------------------------


def test_one_screen_validates_shared_part_own_parts_and_agreements() -> None:
    group = grouped()
    paths.shared_ready(group.c, group.visit)
    for number in (0, 1):
        paths.own_ready(group.casts[number], group.exchanges[number])
    agreement = paths.agreement_ready(group.c, group.exchanges[0])
    own = [group.own(number) for number in range(3)]
    outcome = ctq.validate_together(group.visit, by=group.c.so, own=own, agreements=[agreement])
    assert outcome.done == [group.shared, own[0], own[1], agreement]
    assert [(skip.thing, len(skip.sentences)) for skip in outcome.skipped] == [(own[2], 1)]
    assert group.own_states() == ["validated", "validated", "draft"]
    again = ctq.validate_together(group.visit, by=group.c.so, own=own[2:])
    assert (again.done, group.shared.validated_version) == ([], 1)
    assert StateEvent.of(group.shared).filter(move="validate").count() == 1


def test_without_the_shared_part_own_parts_are_skipped() -> None:
    group = grouped()
    own = paths.own_ready(group.c, group.exchanges[0])
    outcome = ctq.validate_together(group.visit, by=group.c.so, own=[own])
    assert outcome.done == []
    assert [skip.thing for skip in outcome.skipped] == [group.shared, own]


def test_nobody_but_the_support_office_validates() -> None:
    group = grouped()
    shared = paths.shared_ready(group.c, group.visit)
    with pytest.raises(NotAllowed):
        perform(shared, "validate", by=group.c.vop_coordinator)


def test_returning_the_shared_part_returns_all_that_are_ready() -> None:
    group = grouped()
    shared = paths.shared_ready(group.c, group.visit)
    for number in (0, 1):
        paths.own_ready(group.casts[number], group.exchanges[number])
    perform(shared, "send_back", by=group.c.so, reason="No goals")
    assert group.own_states() == ["returned", "returned", "draft"]
    assert [group.shared.comments, group.own(1).comments] == ["No goals", "No goals"]


def test_returning_an_own_part_returns_only_that() -> None:
    group = grouped()
    paths.shared_ready(group.c, group.visit)
    own = [paths.own_ready(group.casts[number], group.exchanges[number]) for number in (0, 1)]
    outcome = ctq.return_each(own[:1], by=group.c.so, reason="Which objectives?")
    assert outcome.done == own[:1]
    assert (group.shared.state, group.own_states()) == ("ready", ["returned", "ready", "draft"])


def test_an_editorial_shared_version_keeps_what_was_validated_and_signed() -> None:
    group = grouped()
    paths.signed_papers(group.casts[0], group.exchanges[0])
    paths.validated_papers(group.casts[1], group.exchanges[1])
    paths.sign(group.casts[1], group.own(1).current_version, "vo")
    paths.own_ready(group.casts[2], group.exchanges[2])
    revise_shared(group, goals="Find joint trials!")
    assert group.own_states() == ["ready", "ready", "ready"]
    outcome = ctq.validate_together(
        group.visit, by=group.c.so, own=[group.own(0), group.own(1)], editorial=True, note="A sign"
    )
    assert (len(outcome.done), outcome.skipped) == (3, [])
    assert group.own_states() == ["signed", "validated", "ready"]
    assert numbers(group.exchanges[0]) == [(1, 1, 1, False), (2, 2, 1, True)]
    assert numbers(group.exchanges[2]) == []
    assert group.own(1).current_version.signed_parties() == {"vo"}


def test_a_second_signature_round_fills_up_an_editorial_version() -> None:
    group = grouped()
    cast = group.c
    paths.validated_papers(cast, group.exchanges[0])
    paths.sign(cast, group.own(0).current_version, "vo", "ho")
    revise_shared(group, goals="Find joint trials!")
    ctq.validate_together(group.visit, by=cast.so, editorial=True)
    version = group.own(0).current_version
    places = document.of_version(version).signatures
    assert [place.how for place in places] == ["Signed on paper", "Signed on paper", "", ""]
    paths.sign(cast, paths.with_pdf(version), "vop", "hop")
    assert group.own(0).state == "signed"


def test_a_shared_version_of_substance_asks_for_everything_anew() -> None:
    group = signed_group()
    revise_shared(group, goals="Found a company.")
    assert group.own_states() == ["ready", "ready", "ready"]
    own = [group.own(number) for number in range(3)]
    ctq.validate_together(group.visit, by=group.c.so, own=own)
    assert group.own_states() == ["validated", "validated", "validated"]
    assert numbers(group.exchanges[2]) == [(1, 1, 1, False), (2, 2, 1, False)]
    assert [len(group.own(number).missing_signature_labels()) for number in range(3)] == [4, 4, 4]


def test_editorial_after_substance_keeps_no_older_signature() -> None:
    group = signed_group()
    revise_shared(group, goals="Found a company.")
    ctq.validate_together(group.visit, by=group.c.so)
    revise_shared(group, goals="Found a company!")
    ctq.validate_together(group.visit, by=group.c.so, editorial=True)
    assert group.own_states() == ["ready", "ready", "ready"]
    with pytest.raises(Unmet) as refusal:
        perform(group.own(0), "validate_as_editorial", by=group.c.so)
    assert [gap.name for gap in refusal.value.missing] == ["substance_kept"]


def test_returned_while_waiting_and_written_in_is_a_new_own_version() -> None:
    group = signed_group()
    shared = revise_shared(group, goals="Found a company.")
    perform(shared, "send_back", by=group.c.so, reason="Why?")
    for number, texts in ((0, {"objectives": "Other ones."}), (1, paths.OWN_TEXTS)):
        own, cast = group.own(number), group.casts[number]
        perform(own, "edit", by=cast.vo, version_read=own.row_version, fields=texts)
        perform(own, "submit", by=cast.vop_coordinator)
    perform(group.shared, "submit", by=group.c.vop_coordinator)
    ctq.validate_together(group.visit, by=group.c.so, editorial=True)
    assert [group.own(0).version, group.own(1).version] == [2, 1]
    assert group.own_states() == ["ready", "signed", "returned"]


def test_joining_and_leaving_void_nothing() -> None:
    group = signed_group()
    late = paths.another_visitor(group.c)
    paths.joined(late, group.visit)
    perform(group.exchanges[1], "cancel", by=group.casts[1].vop_coordinator, reason="Ill")
    assert (group.shared.state, group.own_states()) == ("validated", ["signed", "signed", "signed"])


def test_once_one_is_ready_later_visitors_sign_the_version_that_stands() -> None:
    c = paths.cast()
    first = paths.ready(c)
    late = paths.another_visitor(c)
    second = paths.joined(late, first.visit)
    shared = SharedPart.objects.get(visit=first.visit)
    with pytest.raises(Unmet):
        perform(shared, "revise", by=c.vop_coordinator)
    second = paths.set_ready(late, paths.signed_papers(late, second))
    assert (second.state, numbers(second)) == ("ready", [(1, 1, 1, False)])


def test_set_back_the_visit_is_open_again() -> None:
    c = paths.cast()
    exchange = paths.ready(c)
    perform(exchange, "back_to_preparation", by=c.vop_coordinator, reason="New hall")
    shared = SharedPart.objects.get(visit=exchange.visit)
    assert perform(shared, "revise", by=c.ho).version == 2


@pytest.mark.parametrize(("editorial", "state"), [(True, "signed"), (False, "ready")])
def test_reopened_after_cancelling_it_catches_up_with_the_shared_part(editorial: bool, state: str) -> None:
    group = signed_group()
    cast = group.casts[1]
    perform(group.exchanges[1], "cancel", by=cast.vop_coordinator, reason="Ill")
    revise_shared(group, goals="Found a company.")
    ctq.validate_together(group.visit, by=group.c.so, editorial=editorial)
    assert group.own_states()[1] == "signed"
    perform(group.exchanges[1], "reopen_cancelled", by=cast.vop_coordinator, reason="Well again")
    assert group.own_states()[1] == state


def test_an_agenda_edit_is_refused_where_the_shared_part_stands() -> None:
    group = signed_group()
    shared = group.shared
    with pytest.raises(WrongState):
        agenda.save_agenda(shared, [], by=group.c.ho, version_read=shared.row_version)
    assert group.visit.agenda_items.count() == 3
