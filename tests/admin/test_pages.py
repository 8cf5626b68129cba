"""The Support Office's admin: every page opens, states change only by transitions, lists stay quick."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cxc.workflow import StatefulModel, perform
from cxc.workflow.models import StateEvent
from profiles.models import ClusterOrganisation, Profile
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

OF_LIBRARIES = {"account", "auth", "mfa", "socialaccount", "usersessions"}
MODELS = sorted((model for model in admin.site._registry if model._meta.app_label not in OF_LIBRARIES), key=str)


@pytest.fixture
def support(client: Client) -> Client:
    client.force_login(people.support_office().user)
    return client


def _list(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_opens_and_searches(support: Client, model: type[Model]) -> None:
    lifecycle.in_preparation(usual_parties())
    assert support.get(_list(model)).status_code == 200
    if admin.site._registry[model].search_fields:
        assert support.get(_list(model), {"q": "Org"}).status_code == 200


def test_only_the_support_office_comes_in(client: Client) -> None:
    parties = usual_parties()
    client.force_login(parties.vop_coordinator.user)
    assert client.get("/support-office/", follow=True).status_code == 403


def test_a_lifecycle_thing_is_read_there_and_never_edited(support: Client) -> None:
    profile = lifecycle.in_preparation(usual_parties()).match.visiting_profile
    address = reverse("admin:profiles_profile_change", args=[profile.pk])
    assert support.get(address).status_code == 200
    assert support.post(address, {"motivation": "Other"}).status_code == 403


@pytest.mark.parametrize("model", [m for m in MODELS if issubclass(m, StatefulModel)], ids=lambda m: m._meta.label)
def test_nothing_with_a_lifecycle_can_be_added_or_deleted_there(support: Client, model: type[Model]) -> None:
    add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    assert support.get(add).status_code == 403
    assert "delete_selected" not in support.get(_list(model)).content.decode()


def test_a_transition_is_an_action_with_a_reason_and_an_event(support: Client) -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    perform(profile, "submit", by=parties.vo)
    asked = {"action": "refuse", "_selected_action": [profile.pk]}
    assert "Reason (required)" in support.post(_list(Profile), asked).content.decode()
    missing = support.post(_list(Profile), {**asked, "confirmed": "yes", "reason": ""})
    assert "Please give a reason." in missing.content.decode()
    done = support.post(_list(Profile), {**asked, "confirmed": "yes", "reason": "Not a cluster."}, follow=True)
    assert "1 done" in done.content.decode()
    profile.refresh_from_db()
    assert profile.state == "refused"
    event = StateEvent.of(profile).last()
    assert (event.transition, event.side, event.reason) == ("refuse", "so", "Not a cluster.")


def test_a_refused_action_says_why_and_changes_nothing(support: Client) -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    told = support.post(
        _list(Profile), {"action": "publish", "_selected_action": [profile.pk], "confirmed": "yes"}, follow=True
    )
    assert "can't be done from there" in told.content.decode().replace("&#x27;", "'")
    profile.refresh_from_db()
    assert profile.state == "draft"


def test_the_history_shows_events(support: Client) -> None:
    profile = lifecycle.in_preparation(usual_parties()).match.visiting_profile
    page = support.get(reverse("admin:profiles_profile_history", args=[profile.pk])).content.decode()
    assert "publish" in page


def test_clusters_are_imported_and_bad_rows_told(support: Client) -> None:
    address = reverse("admin:profiles_clusterorganisation_import")
    content = b"name,country\nGood Cluster,ES\nBad Cluster,QQ\n"
    told = support.post(address, {"file": SimpleUploadedFile("c.csv", content)}).content.decode()
    assert "Nothing was imported" in told
    assert not ClusterOrganisation.objects.filter(name="Good Cluster").exists()
    support.post(address, {"file": SimpleUploadedFile("c.csv", content), "skip_bad_rows": "on"})
    assert ClusterOrganisation.objects.filter(name="Good Cluster").exists()


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize("label", ["profiles.Profile", "matching.Match", "exchanges.Exchange", "exchanges.OwnPart"])
def test_a_list_asks_as_often_for_one_row_as_for_four(support: Client, label: str) -> None:
    model = next(m for m in MODELS if m._meta.label == label)
    lifecycle.in_preparation(usual_parties())
    few = _queries(support, _list(model))
    for _ in range(3):
        lifecycle.in_preparation(usual_parties())
    assert _queries(support, _list(model)) == few


def test_a_ceiling_that_ends_before_it_begins_is_refused_at_its_field(support: Client) -> None:
    sent = {"country": "ES", "amount": "500", "valid_from": "2026-02-01", "valid_to": "2026-01-01"}
    page = support.post(reverse("admin:profiles_lumpsumceiling_add"), sent)
    assert page.context["adminform"].form.errors == {"valid_to": ["Enter a last day that is not before the first day."]}


@pytest.mark.parametrize("typed", ["x", "9" * 5000, "-1", "\u202e1"])
def test_a_choice_that_is_no_number_is_refused_at_its_field(support: Client, typed: str) -> None:
    page = support.post(reverse("admin:profiles_participation_add"), {"partnership": typed})
    assert (page.status_code, "partnership" in page.context["adminform"].form.errors) == (200, True)
