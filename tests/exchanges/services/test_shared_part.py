"""One shared part and several own parts: validated, returned, changed, signed anew, joined late."""

import pytest

from cxc.workflow import NotAllowed, RequirementsUnmet, WrongState, perform
from cxc.workflow.models import StateEvent
from exchanges.documents import printed
from exchanges.models import SharedPart
from exchanges.services import agenda, validation
from tests.exchanges.services.grouped_visit import Group, grouped, numbers, signed_group
from tests.factories.parties import usual_parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def revise_shared(group: Group, **texts: str) -> SharedPart:
    """The lead begins a new version, writes in it and hands it in."""
    shared, lead = group.shared, group.parties.vop_coordinator
    perform(shared, "revise", by=lead)
    perform(shared, "edit", by=lead, version_read=shared.row_version, fields=texts)
    return perform(shared, "submit", by=lead)


def test_one_screen_validates_shared_part_own_parts_and_agreements() -> None:
    group = grouped()
    lifecycle.submitted_shared_part(group.parties, group.visit)
    for number in (0, 1):
        lifecycle.submitted_own_part(group.parties_of_visitors[number], group.exchanges[number])
    agreement = lifecycle.submitted_agreement(group.parties, group.exchanges[0])
    own = [group.own(number) for number in range(3)]
    outcome = validation.validate_together(group.visit, by=group.parties.so, own=own, agreements=[agreement])
    assert outcome.done == [group.shared, own[0], own[1], agreement]
    assert [(skip.thing, len(skip.sentences)) for skip in outcome.skipped] == [(own[2], 1)]
    assert group.own_states() == ["validated", "validated", "draft"]
    again = validation.validate_together(group.visit, by=group.parties.so, own=own[2:])
    assert (again.done, group.shared.validated_version) == ([], 1)
    assert StateEvent.of(group.shared).filter(transition="validate").count() == 1


def test_without_the_shared_part_own_parts_are_skipped() -> None:
    group = grouped()
    own = lifecycle.submitted_own_part(group.parties, group.exchanges[0])
    outcome = validation.validate_together(group.visit, by=group.parties.so, own=[own])
    assert outcome.done == []
    assert [skip.thing for skip in outcome.skipped] == [group.shared, own]


def test_nobody_but_the_support_office_validates() -> None:
    group = grouped()
    shared = lifecycle.submitted_shared_part(group.parties, group.visit)
    with pytest.raises(NotAllowed):
        perform(shared, "validate", by=group.parties.vop_coordinator)


def test_returning_the_shared_part_returns_all_that_are_ready() -> None:
    group = grouped()
    shared = lifecycle.submitted_shared_part(group.parties, group.visit)
    for number in (0, 1):
        lifecycle.submitted_own_part(group.parties_of_visitors[number], group.exchanges[number])
    perform(shared, "send_back", by=group.parties.so, reason="No goals")
    assert group.own_states() == ["returned", "returned", "draft"]
    assert [group.shared.comments, group.own(1).comments] == ["No goals", "No goals"]


def test_returning_an_own_part_returns_only_that() -> None:
    group = grouped()
    lifecycle.submitted_shared_part(group.parties, group.visit)
    own = [
        lifecycle.submitted_own_part(group.parties_of_visitors[number], group.exchanges[number]) for number in (0, 1)
    ]
    outcome = validation.return_each(own[:1], by=group.parties.so, reason="Which objectives?")
    assert outcome.done == own[:1]
    assert (group.shared.state, group.own_states()) == ("ready", ["returned", "ready", "draft"])


def test_an_editorial_shared_version_keeps_what_was_validated_and_signed() -> None:
    group = grouped()
    lifecycle.signed_documents(group.parties_of_visitors[0], group.exchanges[0])
    lifecycle.validated_documents(group.parties_of_visitors[1], group.exchanges[1])
    lifecycle.sign(group.parties_of_visitors[1], group.own(1).current_version, "vo")
    lifecycle.submitted_own_part(group.parties_of_visitors[2], group.exchanges[2])
    revise_shared(group, goals="Find joint trials!")
    assert group.own_states() == ["ready", "ready", "ready"]
    outcome = validation.validate_together(
        group.visit, by=group.parties.so, own=[group.own(0), group.own(1)], editorial=True, note="A sign"
    )
    assert (len(outcome.done), outcome.skipped) == (3, [])
    assert group.own_states() == ["signed", "validated", "ready"]
    assert numbers(group.exchanges[0]) == [(1, 1, 1, False), (2, 2, 1, True)]
    assert numbers(group.exchanges[2]) == []
    assert group.own(1).current_version.signed_parties() == {"vo"}


def test_a_second_signature_round_fills_up_an_editorial_version() -> None:
    group = grouped()
    visitor_parties = group.parties
    lifecycle.validated_documents(visitor_parties, group.exchanges[0])
    lifecycle.sign(visitor_parties, group.own(0).current_version, "vo", "ho")
    revise_shared(group, goals="Find joint trials!")
    validation.validate_together(group.visit, by=visitor_parties.so, editorial=True)
    version = group.own(0).current_version
    places = printed.of_version(version).signatures
    assert [place.how for place in places] == ["Signed on paper", "Signed on paper", "", ""]
    lifecycle.sign(visitor_parties, lifecycle.with_pdf(version), "vop", "hop")
    assert group.own(0).state == "signed"


def test_a_shared_version_of_substance_asks_for_everything_anew() -> None:
    group = signed_group()
    revise_shared(group, goals="Found a company.")
    assert group.own_states() == ["ready", "ready", "ready"]
    own = [group.own(number) for number in range(3)]
    validation.validate_together(group.visit, by=group.parties.so, own=own)
    assert group.own_states() == ["validated", "validated", "validated"]
    assert numbers(group.exchanges[2]) == [(1, 1, 1, False), (2, 2, 1, False)]
    assert [len(group.own(number).parties_still_to_sign()) for number in range(3)] == [4, 4, 4]


def test_editorial_after_substance_keeps_no_older_signature() -> None:
    group = signed_group()
    revise_shared(group, goals="Found a company.")
    validation.validate_together(group.visit, by=group.parties.so)
    revise_shared(group, goals="Found a company!")
    validation.validate_together(group.visit, by=group.parties.so, editorial=True)
    assert group.own_states() == ["ready", "ready", "ready"]
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(group.own(0), "validate_as_editorial", by=group.parties.so)
    assert [gap.name for gap in refusal.value.unmet] == ["substance_unchanged"]


def test_returned_while_waiting_and_written_in_is_a_new_own_version() -> None:
    group = signed_group()
    shared = revise_shared(group, goals="Found a company.")
    perform(shared, "send_back", by=group.parties.so, reason="Why?")
    for number, texts in ((0, {"objectives": "Other ones."}), (1, lifecycle.OWN_TEXTS)):
        own, visitor_parties = group.own(number), group.parties_of_visitors[number]
        perform(own, "edit", by=visitor_parties.vo, version_read=own.row_version, fields=texts)
        perform(own, "submit", by=visitor_parties.vop_coordinator)
    perform(group.shared, "submit", by=group.parties.vop_coordinator)
    validation.validate_together(group.visit, by=group.parties.so, editorial=True)
    assert [group.own(0).version, group.own(1).version] == [2, 1]
    assert group.own_states() == ["ready", "signed", "returned"]


def test_joining_and_leaving_void_nothing() -> None:
    group = signed_group()
    late = with_another_visitor(group.parties)
    lifecycle.joined(late, group.visit)
    perform(group.exchanges[1], "cancel", by=group.parties_of_visitors[1].vop_coordinator, reason="Ill")
    assert (group.shared.state, group.own_states()) == ("validated", ["signed", "signed", "signed"])


def test_once_one_is_ready_later_visitors_sign_the_version_that_stands() -> None:
    parties = usual_parties()
    first = lifecycle.ready(parties)
    late = with_another_visitor(parties)
    second = lifecycle.joined(late, first.visit)
    shared = SharedPart.objects.get(visit=first.visit)
    with pytest.raises(RequirementsUnmet):
        perform(shared, "revise", by=parties.vop_coordinator)
    second = lifecycle.set_ready(late, lifecycle.signed_documents(late, second))
    assert (second.state, numbers(second)) == ("ready", [(1, 1, 1, False)])


def test_set_back_the_visit_is_open_again() -> None:
    parties = usual_parties()
    exchange = lifecycle.ready(parties)
    perform(exchange, "back_to_preparation", by=parties.vop_coordinator, reason="New hall")
    shared = SharedPart.objects.get(visit=exchange.visit)
    assert perform(shared, "revise", by=parties.ho).version == 2


@pytest.mark.parametrize(("editorial", "state"), [(True, "signed"), (False, "ready")])
def test_reopened_after_cancelling_it_catches_up_with_the_shared_part(editorial: bool, state: str) -> None:
    group = signed_group()
    visitor_parties = group.parties_of_visitors[1]
    perform(group.exchanges[1], "cancel", by=visitor_parties.vop_coordinator, reason="Ill")
    revise_shared(group, goals="Found a company.")
    validation.validate_together(group.visit, by=group.parties.so, editorial=editorial)
    assert group.own_states()[1] == "signed"
    perform(group.exchanges[1], "reopen_cancelled", by=visitor_parties.vop_coordinator, reason="Well again")
    assert group.own_states()[1] == state


def test_an_agenda_edit_is_refused_where_the_shared_part_stands() -> None:
    group = signed_group()
    shared = group.shared
    with pytest.raises(WrongState):
        agenda.save_agenda(shared, [], by=group.parties.ho, version_read=shared.row_version)
    assert group.visit.agenda_items.count() == 3
