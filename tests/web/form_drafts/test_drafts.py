"""Drafts of forms on the server: whose they are, what they never hold, when they go."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

import cxc.urls  # noqa: F401 - brings all forms in
from cxc import clock
from cxc.access.personal import principal_key
from cxc.access.scoped import Actor
from cxc.web.bank_fields import PrivateInput
from cxc.web.form_drafts import restore, store, views
from cxc.web.models import FormDraft
from exchanges.models import OwnPart
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def types(actor: Actor | Client, address: str, base: str = "", principal: str = "", **fields: str) -> Any:
    """What the page's script does while one types."""
    client = actor if isinstance(actor, Client) else client_for(actor)
    principal = principal or (principal_key(actor) if isinstance(actor, Actor) else "")
    body = {"address": address, "principal": principal, "base": base, "fields": list(fields.items())}
    return client.post(reverse("save_form_draft"), json.dumps(body), content_type="application/json")


@pytest.fixture
def own() -> tuple[Parties, OwnPart]:
    """The own part of an exchange in preparation."""
    parties = usual_parties()
    exchange = builders.roomy(parties)
    return parties, OwnPart.objects.get(exchange=exchange)


def address_of(part: OwnPart) -> str:
    return reverse("own_edit", args=[part.exchange_id])


def test_it_comes_back_with_the_time_and_goes_when_handed_in(own: tuple[Parties, OwnPart]) -> None:
    parties, part = own
    address = address_of(part)
    response = types(parties.vo, address, objectives="To learn all about it")
    assert response.json() == {"at": NOW.isoformat()}
    shown = client_for(parties.vo).get(address)
    page = shown.content.decode()
    assert ("We kept what you typed at" in page, "To learn all about it" in page) == (True, True)
    sent = {**lifecycle.OWN_TEXTS, "follow_up_months": "6", "version_read": part.row_version}
    refused = client_for(parties.vo).post(address, {**sent, "follow_up_months": "99", "form_draft": f"{address} abc"})
    assert (refused.status_code, FormDraft.objects.count()) == (400, 1)
    taken = client_for(parties.vo).post(address, {**sent, "form_draft": f"{address} abc"})
    assert (taken.status_code, taken.cookies["draft-taken-abc"].value) == (302, "1")
    assert FormDraft.objects.count() == 0
    assert "We kept what you typed" not in client_for(parties.vo).get(address).content.decode()


def test_it_is_nobody_elses(own: tuple[Parties, OwnPart]) -> None:
    parties, part = own
    types(parties.vo, address_of(part), objectives="Mine alone")
    for other in (people.member(parties.visitor, "editor"), parties.vop_coordinator):
        assert "Mine alone" not in client_for(other).get(address_of(part)).content.decode()


def test_it_can_be_discarded(own: tuple[Parties, OwnPart]) -> None:
    parties, part = own
    types(parties.vo, address_of(part), objectives="Nonsense")
    response = client_for(parties.vo).post(reverse("discard_form_draft"), {"address": address_of(part)})
    assert (response.headers["Location"], FormDraft.objects.count()) == (address_of(part), 0)
    elsewhere = client_for(parties.vo).post(reverse("discard_form_draft"), {"address": "https://elsewhere.example/"})
    assert elsewhere.headers["Location"] == reverse("todo")


def test_what_somebody_changed_meanwhile_is_told_and_nothing_is_lost(own: tuple[Parties, OwnPart]) -> None:
    parties, part = own
    address = address_of(part)
    base = client_for(parties.vo).get(address).content.decode().partition('data-draft-base="')[2].partition('"')[0]
    types(parties.vo, address, base=base, objectives="Mine", outcomes="")
    theirs = {**lifecycle.OWN_TEXTS, "objectives": "Theirs", "follow_up_months": "6", "version_read": part.row_version}
    assert client_for(parties.vop_coordinator).post(address, theirs).status_code == 302
    response = client_for(parties.vo).get(address)
    page = response.content.decode()
    assert ("Mine" in page, "Theirs" in page, "changed in the meantime" in page) == (True, True, True)
    fresh = OwnPart.objects.get(pk=part.pk).row_version
    mine = {**theirs, "objectives": "Mine", "version_read": fresh}
    assert f'name="version_read" value="{fresh}"' in page
    assert client_for(parties.vo).post(address, mine).status_code == 302


def test_what_says_the_same_as_the_record_is_not_told(own: tuple[Parties, OwnPart]) -> None:
    parties, part = own
    saying = {name: getattr(part, name) for name in OwnPart.TEXTS} | {"follow_up_months": str(part.follow_up_months)}
    types(parties.vo, address_of(part), **saying)
    assert "We kept" not in client_for(parties.vo).get(address_of(part)).content.decode()
    assert FormDraft.objects.count() == 0


def test_accounts_and_passwords_are_never_kept(own: tuple[Parties, OwnPart]) -> None:
    parties, part = own
    address = reverse("agreement_edit", args=[part.exchange_id])
    account = {"iban": "ES9121000418450200051332", "bic": "CAIXESBB", "account_number": "1", "bank_name": "A bank"}
    types(parties.vo, address, payee="Ann", password="secret", csrfmiddlewaretoken="x", **account)
    assert FormDraft.objects.get().fields == [["payee", "Ann"]]


def test_a_form_with_an_account_comes_back_with_the_account_of_the_record(own: tuple[Parties, OwnPart]) -> None:
    parties, part = own
    address = reverse("agreement_edit", args=[part.exchange_id])
    paper = part.exchange.agreement_or_none
    assert paper is not None
    account = {"payee": "Ann", "iban": "ES91 2100 0418 4502 0005 1332", "payment_terms": "30 days"}
    assert (
        builders.send(
            parties.vo, "agreement_edit", part.exchange_id, account, version_read=paper.row_version
        ).status_code
        == 302
    )
    types(parties.vo, address, payee="Annabel", payment_terms="30 days")
    page = client_for(parties.vo).get(address).content.decode()
    assert ("Annabel" in page, "ES91 2100 0418 4502 0005 1332" in page) == (True, True)


def _fields(of: type[forms.BaseForm] = forms.BaseForm) -> Iterator[tuple[str, forms.Field]]:
    for kind in of.__subclasses__():
        yield from getattr(kind, "base_fields", {}).items()
        yield from _fields(kind)


def test_every_secret_field_of_every_form_is_private() -> None:
    secret = {
        name
        for name, field in _fields()
        if isinstance(field.widget, forms.PasswordInput | PrivateInput)
        or (isinstance(field, forms.CharField) and "iban" in name)
    }
    assert {"iban", "bic", "password", "password1"} <= secret
    assert {name for name in secret if not store.is_private(name)} == set()
    assert restore.is_private("anything", forms.CharField(widget=forms.PasswordInput()))


def test_who_is_signed_out_or_acts_for_another_is_told_so(own: tuple[Parties, OwnPart]) -> None:
    parties, part = own
    assert types(Client(), address_of(part), objectives="x").status_code == 401
    assert types(parties.vo, address_of(part), principal="partnership-1", objectives="x").status_code == 409
    assert FormDraft.objects.count() == 0


@pytest.mark.parametrize("address", ["/account/login/", "/support-office/", "https://elsewhere.example/", "/nowhere/"])
def test_only_forms_of_the_portal_are_kept(own: tuple[Parties, OwnPart], address: str) -> None:
    assert types(own[0].vo, address, objectives="x").status_code == 400


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"fields": 3}', '{"fields": [["a"]], "address": "/"}'])
def test_nonsense_is_refused(own: tuple[Parties, OwnPart], body: str) -> None:
    response = client_for(own[0].vo).post(reverse("save_form_draft"), body, content_type="application/json")
    assert response.status_code == 400


def test_what_no_database_holds_is_left_out(own: tuple[Parties, OwnPart]) -> None:
    parties, part = own
    address = f"{address_of(part)}?a="
    assert types(parties.vo, f"{address}\x00", objectives="Ports\x00 and \ud800ships").status_code == 200
    form_draft = FormDraft.objects.get()
    assert (form_draft.address, form_draft.fields) == (address, [["objectives", "Ports and ships"]])
    sent = {**lifecycle.OWN_TEXTS, "follow_up_months": "6", "version_read": part.row_version}
    taken = client_for(parties.vo).post(address_of(part), {**sent, "form_draft": f"{address}\x00 abc"})
    assert (taken.status_code, FormDraft.objects.count()) == (302, 0)
    assert client_for(parties.vo).post(reverse("discard_form_draft"), {"address": "/\x00"}).status_code == 302


def test_too_long_is_told(own: tuple[Parties, OwnPart]) -> None:
    assert types(own[0].vo, address_of(own[1]), objectives="x" * store.MAX_CHARACTERS).status_code == 413


def test_too_many_fields_and_too_long_a_request_are_told(own: tuple[Parties, OwnPart]) -> None:
    many = {f"objectives-{number}": "" for number in range(store.MAX_FIELDS + 1)}
    told = [types(own[0].vo, address_of(own[1]), **fields).status_code for fields in (many, {"n" * 201: ""})]
    body = b" " * (views.MAX_BYTES + 1)
    answer = client_for(own[0].vo).post(reverse("save_form_draft"), body, content_type="application/json")
    assert ([*told, answer.status_code], FormDraft.objects.count()) == ([413, 413, 413], 0)


def test_it_goes_by_itself_after_a_month(own: tuple[Parties, OwnPart]) -> None:
    parties, part = own
    types(parties.vo, address_of(part), objectives="x")
    assert store.erase_old() == 0
    with clock.at(NOW + timedelta(days=store.DRAFT_DAYS, seconds=1)):
        assert (store.erase_old(), FormDraft.objects.count()) == (1, 0)


def test_a_person_has_a_limited_number(own: tuple[Parties, OwnPart], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "DRAFTS_PER_PERSON", 2)
    for number in range(4):
        with clock.at(NOW + timedelta(minutes=number)):
            store.save(by=own[0].vo, address=f"/exchanges/{number}/plan/", fields=[("start", "1")])
    assert sorted(FormDraft.objects.values_list("address", flat=True)) == ["/exchanges/2/plan/", "/exchanges/3/plan/"]
