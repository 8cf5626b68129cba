"""The workspace of a visit: what each sees of it, what it needs next, and actions on many of its exchanges."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from cxc import clock
from cxc.access.scoped import Actor
from cxc.bulk.models import BulkRun
from cxc.workflow import available_transitions, perform
from exchanges.enums import ExchangeState, PartState
from exchanges.models import Exchange, OwnPart, Visit
from exchanges.presenters.workspace.grid import grid_of
from exchanges.presenters.workspace.needs import needs_of
from exchanges.presenters.workspace.steps import STEPS
from profiles.models import Sector
from profiles.queries.principals import actor_of
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

OF_THE_VISITOR_ALONE = {"payee", "fa", "fa-signed", "evidence", "report", "payable", "paid"}
EVERY_STEP = {step.code for step in STEPS}


def grouped(number: int = 3, *, other_partnership: bool = True) -> tuple[list[Parties], Visit]:
    """Visitors of one visit in preparation; the last under a Partnership of its own."""
    first = usual_parties()
    lifecycle.published(first.host, first.hop, first.ho, first.hop_coordinator, kind="host", places=number)
    visit = lifecycle.in_preparation(first).visit
    french = people.partnership("FR") if other_partnership else None
    others = [with_another_visitor(first, vop=french if n == number else None) for n in range(2, number + 1)]
    for other in others:
        lifecycle.joined(other, visit)
    return [first, *others], visit


def seen(visit: Visit, actor: Actor) -> list[set[str]]:
    """Of each row the steps that the actor sees, by the visitor's name."""
    rows = grid_of(visit, actor).every_row
    return [{cell.step.code for cell in row.cells if cell.state is not None} for row in rows]


def test_each_sees_its_part_of_it() -> None:
    (first, second, third), visit = grouped()
    # The first visitor's Partnership leads the visit, and looks after the second.
    own = Exchange.objects.filter(visit=visit).exclude(organisation=third.visitor).count()
    assert own == 2
    assert sorted(map(len, seen(visit, first.vop_coordinator))) == [0, len(EVERY_STEP), len(EVERY_STEP)]
    assert sorted(map(len, seen(visit, third.vop_coordinator))) == [0, 0, len(EVERY_STEP)]
    assert seen(visit, first.so) == [EVERY_STEP] * 3
    for host in (first.ho, first.hop_coordinator):
        assert seen(visit, host) == [EVERY_STEP - OF_THE_VISITOR_ALONE] * 3
    assert seen(visit, second.vo) == [EVERY_STEP]
    assert [row.exchange.organisation for row in grid_of(visit, second.vo).every_row] == [second.visitor]
    assert seen(visit, people.observer()) == [{"plan", "agreed", "ready", "started", "payable", "closed", "paid"}] * 3


def test_whose_turn_it_is_and_what_is_late() -> None:
    (first, *_others), visit = grouped(2, other_partnership=False)
    lifecycle.submitted_own_part(first, Exchange.objects.get(organisation=first.visitor))
    rows = {row.exchange.organisation: row for row in grid_of(visit, first.vop_coordinator).every_row}
    turns = {cell.step.code: cell.turn for cell in rows[first.visitor].cells if cell.turn is not None}
    assert "texts" not in turns
    waiting = {cell.step.code: cell.turn for row in rows.values() for cell in row.cells if cell.turn is not None}
    assert waiting["texts"] is not None
    assert (waiting["texts"].who, waiting["texts"].is_mine) == ("the visitor", False)
    assert waiting["agreed"] is not None
    assert (waiting["agreed"].who, waiting["agreed"].is_mine) == ("you", True)


def test_what_the_visit_needs_is_said_once_for_all() -> None:
    (first, *_others), visit = grouped(3)
    needs = {need.title: need for need in needs_of(grid_of(visit, first.vop_coordinator).todo)}
    figures = needs["Set the sector and the agreed figures"]
    assert (figures.count, figures.is_mine) == (2, True)
    assert figures.action is not None
    assert figures.action.code == "exchange-set_agreed"
    texts = needs["Write your part of the CTQ"]
    assert (texts.is_mine, texts.action and texts.action.code) == (False, "remind:own_part")


def clicked(actor: Actor, visit: Visit, data: dict[str, Any]) -> BulkRun:
    answer: Any = client_for(actor).post(visit.get_absolute_url(), data)
    assert answer.status_code == 302, answer.content.decode()
    return BulkRun.objects.get(pk=re.findall(r"/bulk/(\d+)/", answer["Location"])[0])


def confirmed(client: Client, run: BulkRun, **entered: str) -> Any:
    """The answer to the preview's form."""
    run.refresh_from_db()
    return client.post(f"{run.get_absolute_url()}confirm/", {"preview_key": run.preview_key, **entered})


def test_figures_for_all_from_the_workspace_to_the_end() -> None:
    (first, *_others), visit = grouped(3, other_partnership=False)
    coordinator = client_for(first.vop_coordinator)
    rows = [str(one.pk) for one in visit.exchanges.all()]
    run = clicked(first.vop_coordinator, visit, {"action": "exchange-set_agreed", "row": rows})
    page = coordinator.get(run.get_absolute_url()).content.decode()
    assert all(f'name="{item.prefix}-sector"' in page for item in run.items.all())
    sector = Sector.objects.order_by("pk")[3]
    coordinator.post(f"{run.get_absolute_url()}values/", {"fill": "1", "all-sector": sector.pk, "all-lump_sum": "500"})
    odd = run.items.all()[1]
    saved: Any = coordinator.post(
        f"{run.get_absolute_url()}values/", {f"{odd.prefix}-lump_sum": "400"}, headers={"Accept": "application/json"}
    )
    assert saved.json()["at"]
    coordinator.post(f"{run.get_absolute_url()}values/", {"preview": "1"})
    page = coordinator.get(run.get_absolute_url()).content.decode()
    assert "Confirm for 3" in page
    answer = confirmed(coordinator, run)
    assert answer["Location"] == visit.get_absolute_url()
    assert set(visit.exchanges.values_list("sector", flat=True)) == {sector.pk}
    sums = visit.exchanges.order_by("agreed_lump_sum").values_list("agreed_lump_sum", flat=True)
    assert list(sums) == [400, 500, 500]


def test_what_is_left_out_is_explained_and_can_be_taken_along() -> None:
    (first, second, _third), visit = grouped(3, other_partnership=False)
    of_second = Exchange.objects.get(organisation=second.visitor)
    perform(of_second, "cancel", by=first.vop_coordinator, reason="Ill.")
    run = clicked(first.vop_coordinator, visit, {"action": "exchange-cancel", "all": "1"})
    coordinator = client_for(first.vop_coordinator)
    refused = confirmed(coordinator, run)
    assert refused.status_code == 400
    answer = confirmed(coordinator, run, reason="The host moved.")
    assert answer["Location"] == run.get_absolute_url()
    page = coordinator.get(run.get_absolute_url()).content.decode()
    assert "Done for 2" in page
    file: Any = coordinator.get(f"{run.get_absolute_url()}?format=csv")
    text = b"".join(file.streaming_content).decode()
    assert text.count("Done") == 2
    assert text.count("Skipped") == 1


def test_reminding_takes_one_message_for_each_who_owes_it() -> None:
    (first, *_others), visit = grouped(3, other_partnership=False)
    rows = [str(one.pk) for one in visit.exchanges.all()]
    run = clicked(first.vop_coordinator, visit, {"action": "remind:own_part", "row": rows})
    assert run.items.filter(can_be_done=True).count() == 3
    confirmed(client_for(first.vop_coordinator), run)
    again = clicked(first.vop_coordinator, visit, {"action": "remind:own_part", "row": rows})
    assert again.items.filter(can_be_done=True).count() == 0


def test_a_run_is_its_makers_alone() -> None:
    (first, *_others), visit = grouped(2, other_partnership=False)
    run = clicked(first.vop_coordinator, visit, {"action": "exchange-cancel", "all": "1"})
    for actor in (first.so, people.coordinator(first.vop), first.vo, people.observer()):
        client = client_for(actor)
        assert client.get(run.get_absolute_url()).status_code == 404
        for step in ("confirm", "values", "discard"):
            assert client.post(f"{run.get_absolute_url()}{step}/", {"reason": "Mine."}).status_code == 404
    assert not Exchange.objects.filter(state=ExchangeState.CANCELLED).exists()


def test_nobody_acts_on_exchanges_that_are_not_theirs() -> None:
    (first, _second, third), visit = grouped(3)
    run = clicked(third.vop_coordinator, visit, {"action": "ownpart-submit", "all": "1"})
    chosen = OwnPart.objects.filter(pk__in=run.items.values("thing_id"))
    assert [part.exchange.organisation for part in chosen] == [third.visitor]
    answer: Any = client_for(first.vo).post(visit.get_absolute_url(), {"action": "exchange-cancel", "all": "1"})
    assert answer.status_code == 403
    assert set(OwnPart.objects.values_list("state", flat=True)) == {PartState.DRAFT}


def test_it_is_sorted_and_narrowed_down_by_its_address() -> None:
    (first, second, _third), visit = grouped(3, other_partnership=False)
    perform(Exchange.objects.get(organisation=second.visitor), "cancel", by=first.vop_coordinator, reason="Ill.")
    by_state = grid_of(visit, first.vop_coordinator, sort="-state").rows
    assert by_state[0].exchange.organisation == second.visitor
    assert len(grid_of(visit, first.vop_coordinator, only="mine").rows) == 2
    client = client_for(first.vop_coordinator)
    for address in ("?sort=texts", "?sort=-ctq-signed", "?sort=nothing", "?only=late", "?only=mine"):
        assert client.get(f"{visit.get_absolute_url()}{address}").status_code == 200


def test_a_visitor_is_not_told_whose_exchange_locks_the_visit() -> None:
    (first, second, _third), visit = grouped(3)
    lifecycle.set_ready(first, lifecycle.signed_documents(first, visit.exchanges.get(organisation=first.visitor)))
    shared = visit.shared_part_or_none
    assert shared is not None
    told = {
        actor: str([unmet.sentence for unmet in offer.unmet])
        for actor in (second.vo, second.vop_coordinator)
        for offer in available_transitions(shared, actor)
        if offer.transition.name == "remark"
    }
    assert str(first.visitor) not in told[second.vo]
    assert str(first.visitor) in told[second.vop_coordinator]


def test_days_are_those_of_the_visit() -> None:
    (first, *_others), visit = grouped(2, other_partnership=False)
    exchange = visit.exchanges.get(organisation=first.visitor)
    late_evening = datetime(2026, 9, 8, 22, 30, tzinfo=UTC)  # the 9th in Brussels
    with clock.at(late_evening):
        lifecycle.set_ready(first, lifecycle.signed_documents(first, exchange))
    row = next(row for row in grid_of(visit, first.so).every_row if row.exchange == exchange)
    ready = next(cell.state for cell in row.cells if cell.step.code == "ready")
    assert ready is not None
    assert ready.text == "9 Sep"


def test_all_takes_what_the_page_shows() -> None:
    (first, second, third), visit = grouped(3)
    perform(visit.exchanges.get(organisation=second.visitor), "cancel", by=first.vop_coordinator, reason="Ill.")
    answer: Any = client_for(first.vop_coordinator).post(
        f"{visit.get_absolute_url()}?only=mine", {"action": "exchange-cancel", "all": "1"}
    )
    run = BulkRun.objects.get(pk=re.findall(r"/bulk/(\d+)/", answer["Location"])[0])
    assert [item.thing_id for item in run.items.all()] == [visit.exchanges.get(organisation=first.visitor).pk]
    assert run.left_out == 0
    assert run.next_url == f"{visit.get_absolute_url()}?only=mine"
    assert str(third.visitor) not in client_for(first.vop_coordinator).get(run.get_absolute_url()).content.decode()


def test_the_first_row_begins_empty_and_is_not_forgotten() -> None:
    (first, *_others), visit = grouped(2, other_partnership=False)
    rows = [str(one.pk) for one in visit.exchanges.all()]
    run = clicked(first.vop_coordinator, visit, {"action": "ownpart-edit", "row": rows})
    client = client_for(first.vop_coordinator)
    page: Any = client.get(run.get_absolute_url())
    assert [field.value() for field in page.context["for_all"]] == [None] * len(page.context["for_all"])
    answer: Any = client.post(f"{run.get_absolute_url()}values/", {"preview": "1", "all-objectives": "Learn."})
    assert answer.status_code == 400
    assert "Learn." in answer.content.decode()


def test_a_run_opens_only_while_one_acts_for_its_principal() -> None:
    (first, second, _third), visit = grouped(3, other_partnership=False)
    run = clicked(first.vop_coordinator, visit, {"action": "exchange-cancel", "all": "1"})
    people.add_member(second.visitor, first.vop_coordinator, "owner")
    assert str(first.vop) in client_for(first.vop_coordinator).get(run.get_absolute_url()).content.decode()
    as_visitor = actor_of(people.user_of(first.vop_coordinator), f"organisation-{second.visitor.pk}")
    client = client_for(as_visitor)
    assert client.get(run.get_absolute_url()).status_code == 404
    assert confirmed(client, run, reason="Mine.").status_code == 404


def test_a_preview_that_is_not_shown_is_not_confirmed() -> None:
    (first, *_others), visit = grouped(2, other_partnership=False)
    run = clicked(first.vop_coordinator, visit, {"action": "exchange-cancel", "all": "1"})
    client = client_for(first.vop_coordinator)
    page = client.get(run.get_absolute_url()).content.decode()
    assert f'name="preview_key" value="{run.preview_key}"' in page
    answer: Any = client.post(f"{run.get_absolute_url()}confirm/", {"preview_key": "", "reason": "Ill."}, follow=True)
    assert "Look at the preview again" in answer.content.decode()
    assert not Exchange.objects.filter(state=ExchangeState.CANCELLED).exists()


def test_who_has_left_the_partnership_no_longer_reads_the_run() -> None:
    (first, *_others), visit = grouped(2, other_partnership=False)
    run = clicked(first.vop_coordinator, visit, {"action": "exchange-cancel", "all": "1"})
    client = client_for(first.vop_coordinator)
    assert first.vop_coordinator.user is not None
    first.vop_coordinator.user.partnership_memberships.all().delete()
    assert client.get(run.get_absolute_url()).status_code == 404
