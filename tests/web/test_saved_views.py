"""Saved views of lists: saved, opened, renamed, deleted, one of them the default; a person's own, for one principal."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.core.refusals import Refused
from cxc.web.models import MAX_VIEWS, SavedView
from cxc.web.saved_views import store
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.queries import count_queries
from tests.web.test_lists import ADDRESSES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PHYSICAL = "/exchanges/?modality=physical"


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def coordinator(parties: Parties) -> Client:
    return client_for(parties.vop_coordinator)


def save(client: Client, address: str, name: str, **more: str) -> Any:
    fields = {"save_view": "1", "saved_view-name": name}
    return client.post(address, fields | {f"saved_view-{key}": value for key, value in more.items()})


def links_of(page: HttpResponseBase) -> str:
    """The links to the saved views above a list."""
    _before, _, found = source_of(page).partition('<nav aria-label="Saved views">')
    return found.partition("</nav>")[0]


def saved(actor: Actor, name: str = "Mine", **more: Any) -> SavedView:
    return store.save(SavedView, "exchanges", name=name, query="modality=physical", by=actor, **more)


def test_the_list_is_saved_with_filters_and_order_and_opened_by_a_link(coordinator: Client) -> None:
    address = f"{PHYSICAL}&sort=-start&state=ready&state=draft&page=3&nonsense=1&view=all"
    query = "state=draft&state=ready&modality=physical&sort=-start"
    answer = save(coordinator, address, "  Soon to start ")
    view = SavedView.objects.get()
    assert (view.name, sorted(view.query.split("&"))) == ("Soon to start", sorted(query.split("&")))
    assert answer["Location"] == view.get_absolute_url() == f"/exchanges/?{view.query}"
    links = links_of(coordinator.get(answer["Location"]))
    assert f'href="/exchanges/?{view.query.replace("&", "&amp;")}" aria-current="page">Soon to start</a>' in links
    assert "Soon to start" not in links_of(coordinator.get("/visits/"))


def test_the_same_name_replaces_the_view(coordinator: Client) -> None:
    save(coordinator, PHYSICAL, "Mine")
    save(coordinator, "/exchanges/?modality=virtual", "Mine")
    assert SavedView.objects.get().query == "modality=virtual"


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_list_can_be_saved_and_opens_with_the_default(address: str, parties: Parties) -> None:
    client = client_for(parties.so)
    first = client.get(f"{address}?view=all").context["listing"].layout.first
    turned = first.removeprefix("-") if first.startswith("-") else f"-{first}"
    assert save(client, f"{address}?sort={turned}", "Turned", is_default="on").status_code == 302
    assert client.get(address)["Location"] == f"{address}?sort={turned}"
    assert "(default)" in links_of(client.get(address, follow=True))


def test_the_default_opens_the_bare_address_only(coordinator: Client, parties: Parties) -> None:
    save(coordinator, PHYSICAL, "Mine", is_default="on")
    everything = coordinator.get("/exchanges/?view=all")
    assert everything.status_code == 200
    assert 'href="/exchanges/?view=all" aria-current="page"> Whole list </a>' in links_of(everything)
    assert coordinator.get("/exchanges/?modality=virtual").status_code == 200
    assert coordinator.get("/exchanges/?format=csv").status_code == 200
    assert coordinator.get(PHYSICAL).context["listing"].clear_url == "/exchanges/?view=all"
    assert client_for(parties.hop_coordinator).get("/exchanges/").status_code == 200


def test_a_saved_view_of_everything_opens_everything(coordinator: Client) -> None:
    answer = save(coordinator, "/exchanges/", "Everything", is_default="on")
    assert answer["Location"] == coordinator.get("/exchanges/")["Location"] == "/exchanges/?view=all"


def test_what_is_refused_stays_in_the_form(coordinator: Client) -> None:
    answer = save(coordinator, PHYSICAL, " ", is_default="on")
    page = source_of(answer)
    assert (answer.status_code, "This field is required" in page or "Enter" in page) == (400, True)
    assert "<details open>" in page
    assert " checked" in page[page.index("saved_view-is_default") :][:200]
    too_long = save(coordinator, PHYSICAL, "x" * 81)
    assert (too_long.status_code, "x" * 81 in source_of(too_long)) == (400, True)
    assert save(coordinator, "/exchanges/?state=nonsense", "Nonsense").status_code == 400
    assert not SavedView.objects.exists()


def test_a_person_has_at_most_twenty_views_of_a_list(coordinator: Client, parties: Parties) -> None:
    by = parties.vop_coordinator
    for number in range(MAX_VIEWS):
        saved(by, str(number))
    answer = save(coordinator, PHYSICAL, "One more")
    assert (answer.status_code, "delete one first" in answer.content.decode()) == (400, True)
    assert save(coordinator, PHYSICAL, "3").status_code == 302, "an existing view can be replaced"
    assert save(coordinator, "/visits/", "One more").status_code == 302, "another list has its own twenty"
    row = SavedView.objects.filter(list_name="exchanges").order_by("-position")[0]
    for position in (MAX_VIEWS + 1, 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedView.objects.filter(pk=row.pk).update(position=position)
    SavedView.objects.get(name="7").delete()
    saved(by, "One more")
    assert SavedView.objects.filter(list_name="exchanges").count() == MAX_VIEWS


def test_one_default_for_each_list(parties: Parties) -> None:
    by = parties.vop_coordinator
    first, second = saved(by, "First", is_default=True), saved(by, "Second", is_default=True)
    assert [view.is_default for view in store.views_of("exchanges", by)] == [False, True]
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(pk=first.pk).update(is_default=True)
    store.set_default(second, is_default=False, by=by)
    assert not SavedView.objects.filter(is_default=True).exists()


def test_views_are_renamed_made_default_and_deleted(coordinator: Client, parties: Parties) -> None:
    view, other = saved(parties.vop_coordinator, "First"), saved(parties.vop_coordinator, "Second")
    page, address = reverse("saved_views", args=["exchanges"]), reverse("saved_view", args=[view.pk])
    assert coordinator.get(page).status_code == 200
    refused = coordinator.post(address, {"name": "Second"})
    assert (refused.status_code, "Choose another name" in refused.content.decode()) == (400, True)
    assert coordinator.post(address, {"name": "Third"})["Location"] == page
    for action, expected in (("default", True), ("no-default", False)):
        coordinator.post(address, {"name": "Third", "action": action})
        view.refresh_from_db()
        assert (view.name, view.is_default) == ("Third", expected)
    assert coordinator.post(address, {"action": "delete"})["Location"] == page
    assert coordinator.post(reverse("saved_view", args=[other.pk]), {"action": "delete"})["Location"] == "/exchanges/"
    assert coordinator.get(page).status_code == 404


def test_views_are_a_persons_own_for_one_principal(parties: Parties) -> None:
    by = parties.vop_coordinator
    view = saved(by, "Secret", is_default=True)
    elsewhere = replace(by, principal_id=parties.hop.pk)
    assert store.views_of("exchanges", elsewhere) == []
    for actor in (people.coordinator(parties.vop), parties.hop_coordinator, parties.so, parties.vo):
        client = client_for(actor)
        page = client.get("/exchanges/")
        assert (page.status_code, "Secret" in page.content.decode()) == (200, False)
        assert client.get(reverse("saved_views", args=["exchanges"])).status_code == 404
        assert client.post(reverse("saved_view", args=[view.pk]), {"action": "delete"}).status_code == 404
    with pytest.raises(Refused):
        saved(people.stranger())


def test_a_reader_and_the_observer_save_views_too(parties: Parties) -> None:
    for actor in (people.member(parties.visitor, "reader"), people.observer()):
        assert save(client_for(actor), PHYSICAL, "Mine").status_code == 302


def test_the_number_of_queries_does_not_grow_with_the_views(coordinator: Client, parties: Parties) -> None:
    address = "/exchanges/?view=all"
    saved(parties.vop_coordinator, "First")
    one = count_queries(coordinator, address)
    for number in range(MAX_VIEWS - 1):
        saved(parties.vop_coordinator, str(number))
    assert count_queries(coordinator, address) == one


def test_views_of_profiles_keep_the_filter_that_was_renamed(parties: Parties) -> None:
    fields = {"name": "Mine", "by": parties.so}
    view = store.save(SavedView, "profiles", query="stage=closed&sort=-name&q=stage%3D", **fields)
    other = store.save(SavedView, "exchanges", query="stage=closed", **fields)
    import_module("reports.migrations.0003_level_filter").rename(apps, None)
    view.refresh_from_db()
    other.refresh_from_db()
    assert (view.query, other.query) == ("level=closed&sort=-name&q=stage%3D", "stage=closed")
