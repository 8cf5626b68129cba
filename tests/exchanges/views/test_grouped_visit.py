"""A grouped visit from the first match to the host's signature for all, through the portal's pages."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from exchanges.models import DocumentVersion, Exchange, OwnPart, SharedPart, Visit
from matching.models import Match
from profiles.models import ExchangeType
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = pytest.mark.django_db

DATES_AND_PLACES = {
    "title": "Smart farms",
    "city": "Gent",
    "first_day": "2026-09-28",
    "last_day": "2026-09-30",
    "time_zone": "Europe/Brussels",
}


@dataclass
class Group:
    """One host and three visitors, the third under another Partnership."""

    first: Parties
    second: Parties
    third: Parties
    matches: list[Match]


@pytest.fixture
def group(parties: Parties) -> Group:
    second = with_another_visitor(parties)
    third = with_another_visitor(parties, vop=people.partnership("FR"))
    match = builders.matched(parties)
    return Group(
        parties, second, third, [match, builders.matched_too(second, match), builders.matched_too(third, match)]
    )


def create(group: Group) -> Visit:
    address = f"/visits/new/?match={group.matches[0].pk}"
    chosen = [match.pk for match in group.matches[:2]]
    response: Any = client_for(group.first.vop_coordinator).post(address, {**DATES_AND_PLACES, "visitors": chosen})
    visit = Visit.objects.get()
    assert response.url == f"/visits/{visit.pk}/"
    return visit


def test_a_visit_is_made_from_matches_and_led_by_who_makes_it(group: Group) -> None:
    visit = create(group)
    assert (visit.title, visit.lead, visit.city) == ("Smart farms", group.first.vop, "Gent")
    visitors = {exchange.organisation for exchange in visit.exchanges.all()}
    assert visitors == {group.first.visitor, group.second.visitor}


def test_all_visitors_come_by_one_tick(group: Group) -> None:
    client, address = client_for(group.first.hop_coordinator), f"/visits/new/?match={group.matches[0].pk}"
    assert "All visitors (3)" in client.get(address).content.decode()
    client.post(address, DATES_AND_PLACES | {"visitors": [group.matches[0].pk], "all_visitors": "on"})
    assert Visit.objects.get().exchanges.count() == 3


def test_another_partnership_adds_its_visitor_and_sees_names_and_states_of_the_others(group: Group) -> None:
    visit = create(group)
    other = group.third.vop_coordinator
    assert client_for(other).get(f"/visits/{visit.pk}/").status_code == 404
    builders.send(group.first.hop_coordinator, "visit_add", visit.pk, visitors=[group.matches[2].pk])
    first = Exchange.objects.get(match=group.matches[0])
    third = Exchange.objects.get(match=group.matches[2])
    assert 'data-label="Own part of the CTQ"' not in builders.page(people.observer(), "visit", visit.pk)
    shown = builders.page(other, "visit", visit.pk)
    assert group.first.visitor.legal_name in shown
    assert f'href="/exchanges/{third.pk}/"' in shown
    assert f'href="/exchanges/{first.pk}/"' not in shown
    assert client_for(other).get(f"/exchanges/{first.pk}/").status_code == 404


def test_another_partnership_joins_by_itself_from_its_match(group: Group) -> None:
    visit, other = create(group), group.third.vop_coordinator
    address = reverse("visit_join", args=[group.matches[2].pk])
    assert address in client_for(other).get(f"/matches/{group.matches[2].pk}/").content.decode()
    assert client_for(group.third.vo).get(address).status_code == 403
    response: Any = client_for(other).post(address, {"visit": visit.pk})
    exchange = Exchange.objects.get(match=group.matches[2])
    assert response.url == exchange.get_absolute_url()
    assert exchange.visit == visit
    again = client_for(other).post(address, {"visit": visit.pk})
    assert builders.errors(again) == {
        "__all__": ["Go on with the exchange that the match has already, or cancel that one first."]
    }


def test_the_page_of_a_match_leads_to_its_exchange(group: Group) -> None:
    match = group.matches[0]
    way = f"/visits/new/?match={match.pk}"
    assert way in client_for(group.first.ho).get(match.get_absolute_url()).content.decode()
    assert way not in client_for(group.first.vo).get(match.get_absolute_url()).content.decode()
    create(group)
    shown = client_for(group.first.vo).get(match.get_absolute_url()).content.decode()
    assert Exchange.objects.get(match=match).get_absolute_url() in shown


def test_a_visitor_sees_its_own_exchange_only(group: Group) -> None:
    shown = builders.page(group.first.vo, "visit", create(group).pk)
    assert group.first.visitor.legal_name in shown
    assert group.second.visitor.legal_name not in shown


def test_a_lead_that_is_no_party_may_not_open_the_exchange(group: Group) -> None:
    visit = create(group)
    builders.send(group.first.hop_coordinator, "visit_add", visit.pk, visitors=[group.matches[2].pk])
    third = Exchange.objects.get(match=group.matches[2])
    assert client_for(group.first.vop_coordinator).get(f"/exchanges/{third.pk}/").status_code == 403


def test_who_cannot_join_is_skipped_and_named(group: Group) -> None:
    visit = create(group)
    page = client_for(group.first.vop_coordinator)
    response = page.post(f"/visits/{visit.pk}/add/", {"visitors": [group.matches[1].pk]})
    assert list(builders.errors(response)) == ["visitors"]  # it has an exchange already
    nobody = page.post(f"/visits/{visit.pk}/add/", {})
    assert builders.errors(nobody) == {"visitors": ["Choose at least one visitor."]}
    assert visit.exchanges.count() == 2


def test_frame_and_lead_are_changed_by_the_lead(group: Group) -> None:
    visit = create(group)
    builders.send(group.first.vop_coordinator, "visit_dates", visit.pk, DATES_AND_PLACES, title="Farms", places="5")
    wrong = builders.send(group.first.vop_coordinator, "visit_dates", visit.pk, DATES_AND_PLACES, last_day="2026-09-29")
    assert builders.errors(wrong)["__all__"] != []
    builders.send(group.first.vop_coordinator, "visit_lead", visit.pk, partnership=group.first.hop.pk)
    visit = Visit.objects.get(pk=visit.pk)
    assert (visit.title, visit.places, visit.lead) == ("Farms", 5, group.first.hop)


def prepared(group: Group) -> Visit:
    """The visit with both exchanges in preparation and the shared part written by the host."""
    visit = create(group)
    for exchange in visit.exchanges.all():
        plan = {"start": "2026-09-28", "end": "2026-09-30", "type": ExchangeType.objects.first().pk}
        builders.send(group.first.vop_coordinator, "exchange_plan", exchange.pk, plan)
        transition(group.first.vop_coordinator, exchange, "prepare")
    shared = SharedPart.objects.get(visit=visit)
    builders.send(group.first.ho, "shared_edit", visit.pk, lifecycle.SHARED_TEXTS, version_read=shared.row_version)
    shared.refresh_from_db()
    builders.send(group.first.ho, "agenda_edit", visit.pk, agenda(3), version_read=shared.row_version)
    return visit


def agenda(days: int) -> dict[str, Any]:
    """A morning for each day, as the editor's rows."""
    rows: dict[str, Any] = {"form-TOTAL_FORMS": str(days + 1), "form-INITIAL_FORMS": "0"}
    for n in range(days):
        row = {"day": f"2026-09-{28 + n}", "starts": "09:00", "ends": "12:00", "title": "Workshop", "leader": "Host"}
        rows |= {f"form-{n}-{name}": value for name, value in row.items()}
    return rows


def transition(actor: Any, thing: Any, name: str) -> None:
    """Carry out a transition on the page that all transitions share."""
    address = f"/transitions/{thing._meta.label_lower}/{thing.pk}/{name}/"
    response = client_for(actor).post(address)
    assert response.status_code == 302, response.content.decode()


def test_the_host_signs_for_all_who_are_ready_and_the_others_are_listed(group: Group) -> None:
    visit, parties = prepared(group), group.first
    assert f"/visits/{visit.pk}/sign/" not in builders.page(parties.ho, "visit", visit.pk), "Nothing is validated yet."
    transition(parties.vop_coordinator, SharedPart.objects.get(visit=visit), "submit")
    own = OwnPart.objects.get(exchange__match=group.matches[0])
    builders.send(
        parties.vo, "own_edit", own.exchange_id, lifecycle.OWN_TEXTS, follow_up_months="6", version_read=own.row_version
    )
    transition(parties.vop_coordinator, own, "submit")
    builders.send(parties.so, "validation_visit", visit.pk, own=[own.pk], decision="validate")
    version = lifecycle.with_pdf(DocumentVersion.objects.get(kind="ctq"))
    assert f"/visits/{visit.pk}/sign/" in builders.page(parties.ho, "visit", visit.pk)
    client = client_for(parties.ho)
    form = client.get(f"/visits/{visit.pk}/sign/").content.decode()
    assert all(text in form for text in (str(group.first.visitor), f"{group.second.visitor}: Its own part is"))
    scan = builders.upload_scan(parties.ho, visit, "Signed")
    response = client.post(scan.get_absolute_url(), builders.as_offered(client, scan.get_absolute_url()), follow=True)
    assert f"Host organisation: {parties.ho.user}" in response.content.decode()
    assert version.signed_parties() == {"ho"}


def test_two_writers_of_the_shared_part_lose_nothing(group: Group) -> None:
    visit = prepared(group)
    read = SharedPart.objects.get(visit=visit).row_version
    hers = {**lifecycle.SHARED_TEXTS, "goals": "Hers"}
    builders.send(group.first.ho, "shared_edit", visit.pk, hers, version_read=read)
    mine = {**lifecycle.SHARED_TEXTS, "goals": "Mine"}
    response = builders.send(group.first.vop_coordinator, "shared_edit", visit.pk, mine, version_read=read)
    shown = response.content.decode()
    assert response.status_code == 400
    assert ("Hers" in shown, "Mine" in shown) == (True, True)
    again = {"version_read": read, "overwrite": response.context["overwrite"]}
    assert builders.send(group.first.vop_coordinator, "shared_edit", visit.pk, mine, **again).status_code == 302
    assert SharedPart.objects.get(visit=visit).goals == "Mine"


def test_an_agenda_saved_meanwhile_stands_beside_ones_own(group: Group) -> None:
    visit = prepared(group)
    response = builders.send(group.first.vop_coordinator, "agenda_edit", visit.pk, agenda(1), version_read=1)
    assert response.status_code == 400
    assert [item.day.day for item in response.context["theirs"]] == [29, 30], "the 28th says the same on both"
    assert visit.agenda_items.count() == 3


def test_a_line_more_comes_without_scripts_and_keeps_what_was_typed(group: Group) -> None:
    visit = prepared(group)
    response = builders.send(group.first.ho, "agenda_edit", visit.pk, agenda(1), version_read=2, do="add:2026-09-28")
    assert response.status_code == 200
    rows = response.context["rows"].forms
    assert [row["starts"].value() for row in rows if row["day"].value() == "2026-09-28"] == ["09:00", "12:00"]
    assert 'value="Workshop"' in response.content.decode()
    assert visit.agenda_items.count() == 3


def test_an_agenda_row_without_its_leader_comes_back(group: Group) -> None:
    visit = prepared(group)
    read = SharedPart.objects.get(visit=visit).row_version
    rows = {**agenda(1), "form-0-leader": "", "form-0-ends": "08:00"}
    response = builders.send(group.first.ho, "agenda_edit", visit.pk, rows, version_read=read)
    assert response.status_code == 400
    assert sorted(response.context["rows"].forms[0].errors) == ["ends", "leader"]


def test_a_day_is_marked_not_worked_with_its_reason_only(group: Group) -> None:
    visit = create(group)
    read = {"version_read": SharedPart.objects.get(visit=visit).row_version}
    marked = {"day": "2026-09-29", "mark": "not worked"}
    assert builders.errors(builders.send(group.first.ho, "days_edit", visit.pk, marked, **read)) == {
        "reason": ["Please give a reason."]
    }
    builders.send(group.first.ho, "days_edit", visit.pk, marked, reason="Strike", **read)
    assert [(mark.day.day, mark.is_worked) for mark in visit.day_marks.all()] == [(29, False)]


def test_texts_are_copied_from_another_visit(group: Group) -> None:
    source = prepared(group)
    target = lifecycle.visit(group.matches[0], group.first.vop_coordinator)
    builders.send(group.first.ho, "shared_copy", target.pk, source=source.pk, version_read=1)
    assert SharedPart.objects.get(visit=target).goals == lifecycle.SHARED_TEXTS["goals"]
    assert target.agenda_items.count() == 3


def test_a_remark_stands_on_the_page(group: Group) -> None:
    visit = create(group)
    builders.send(group.first.vo, "shared_remark", visit.pk, text="Could we begin later?")
    assert "Could we begin later?" in builders.page(group.first.ho, "shared_part", visit.pk)


def test_the_page_of_the_shared_part_shows_texts_agenda_and_how_it_came_about(group: Group) -> None:
    visit = prepared(group)
    for actor, may_write in ((group.first.ho, True), (group.first.vo, False)):
        text = builders.page(actor, "shared_part", visit.pk)
        assert lifecycle.SHARED_TEXTS["goals"] in text
        assert all(item.title in text for item in visit.agenda_items.all())
        assert ("Edit the agenda" in text, reverse("visit", args=[visit.pk]) in text) == (may_write, True)
        assert reverse("shared_part", args=[visit.pk]) in builders.page(actor, "visit", visit.pk)


def test_the_host_creates_a_visit_and_its_partnership_leads(group: Group) -> None:
    response: Any = client_for(group.first.ho).post(f"/visits/new/?match={group.matches[0].pk}", DATES_AND_PLACES)
    visit = Visit.objects.get()
    assert response.url == f"/visits/{visit.pk}/"
    assert (visit.lead, visit.exchanges.count()) == (group.first.hop, 0)


def test_without_a_match_one_chooses_among_ones_own(group: Group) -> None:
    shown = client_for(group.first.vop_coordinator).get("/visits/new/")
    assert set(shown.context["matches"]) == set(group.matches[:2])
    assert client_for(group.first.vo).get(f"/visits/new/?match={group.matches[0].pk}").status_code == 403
    assert client_for(group.third.vo).get(f"/visits/new/?match={group.matches[0].pk}").status_code == 404


def test_no_visit_begins_with_a_match_that_has_an_exchange(group: Group) -> None:
    create(group)
    host = client_for(group.first.ho)
    assert list(host.get("/visits/new/").context["matches"]) == [group.matches[2]]
    refused = host.get(f"/visits/new/?match={group.matches[0].pk}")
    assert refused.status_code == 409
    assert "This match has an exchange already" in refused.content.decode()
