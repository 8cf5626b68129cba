"""Every page, asked for by every role: 200, 403, 404, or off to sign in (302)."""

import pytest
from django.test import Client
from django.urls import reverse

from cxc.access.scoped import Actor
from exchanges.models import DocumentVersion, Exchange, Signature
from exchanges.services.recorded_submissions import hand_in
from tests.factories.clients import client_for
from tests.factories.parties import Parties
from tests.factories.recorded import recorded_exchange
from tests.scenarios import lifecycle

pytestmark = pytest.mark.django_db

ROLES = (
    "vo", "vo editor", "vo reader", "ho", "ho editor", "ho reader", "vop", "vop reader", "hop", "so", "observer",
    "stranger", "other vo", "other vop", "nobody",
)  # fmt: skip
AWAY = {"stranger": 404, "other vo": 404, "other vop": 404, "nobody": 302}


Answers = dict[str, int]


@pytest.fixture
def clients(who: dict[str, Actor]) -> dict[str, Client]:
    return {role: client_for(who[role]) for role in ROLES}


def answers(clients: dict[str, Client], address: str) -> Answers:
    return {role: status(client, address) for role, client in clients.items()}


def status(client: Client, address: str) -> int:
    response = client.get(address)
    if response.streaming:
        b"".join(response)  # reads the file to its end, which closes it
    return response.status_code


def departures(clients: dict[str, Client], pages: dict[str, Answers], keys: dict[str, int]) -> dict[str, Answers]:
    """For each page the roles that are answered otherwise than expected, with that answer."""
    found = {}
    for name, wanted in pages.items():
        got = answers(clients, reverse(name, args=[keys.get(name.partition("_")[0], keys["exchange"])]))
        found[name] = {role: code for role, code in got.items() if code != wanted[role]}
    return {name: wrong for name, wrong in found.items() if wrong}


def expected(default: int, **others: int) -> dict[str, int]:
    """`default` for everybody near, others by role (an underscore for a space)."""
    return dict.fromkeys(ROLES, default) | AWAY | {role.replace("_", " "): code for role, code in others.items()}


@pytest.mark.parametrize("name", ["exchanges", "visits"])
def test_lists_open_for_everybody_signed_in(clients: dict[str, Client], name: str) -> None:
    assert answers(clients, reverse(name)) == expected(200, stranger=200, other_vo=200, other_vop=200)


def test_the_support_offices_queue_and_who_records(clients: dict[str, Client]) -> None:
    everybody_else = expected(403, stranger=403, other_vo=403, other_vop=403)
    assert answers(clients, reverse("validation")) == everybody_else | {"so": 200}
    assert answers(clients, reverse("record")) == everybody_else | {"so": 200, "vop": 200, "hop": 200, "other vop": 200}


def test_an_entry_is_its_partnerships_and_the_support_offices(parties: Parties, clients: dict[str, Client]) -> None:
    submission = hand_in(parties.vop, recorded_exchange(parties), source="Our files", by=parties.vop_coordinator)
    seen = dict.fromkeys(ROLES, 404) | {"vop": 200, "vop reader": 200, "so": 200, "observer": 403, "nobody": 302}
    assert answers(clients, submission.get_absolute_url()) == seen


PAGES = {
    "exchange": expected(200),
    "visit": expected(200),
    "exchange_plan": expected(403, vop=200, hop=200, so=200),
    "exchange_agreed": expected(403, vop=200, so=200),
    "exchange_ceiling": expected(403, so=200),
    "exchange_cancel": expected(403, vop=200, hop=200, so=200),
    "exchange_sign": expected(200, observer=403) | {"vo reader": 403, "ho reader": 403, "vop reader": 403},
    "own_edit": expected(403, vo=200, vo_editor=200, vop=200),
    "agreement_edit": expected(403, vo=200, vo_editor=200, vop=200, so=200),
    "agreement_amount": expected(403, vop=200, so=200),
}


VISIT_PAGES = {
    "visit_dates": expected(403, vop=200, so=200),
    "visit_lead": expected(403, vop=200, so=200),
    "visit_add": expected(403, vop=200, hop=200, so=200),
    "visit_sign": expected(403, vo=200, vo_editor=200, ho=200, ho_editor=200, vop=200, hop=200, so=200),
    "shared_part": expected(200, observer=302),
    "shared_edit": expected(403, ho=200, ho_editor=200, vop=200),
    "agenda_edit": expected(403, ho=200, ho_editor=200, vop=200),
    "days_edit": expected(403, ho=200, ho_editor=200, vop=200),
    "shared_copy": expected(403, ho=200, ho_editor=200, vop=200),
    "shared_remark": expected(200, observer=403) | {"vo reader": 403, "ho reader": 403, "vop reader": 403},
    "validation_visit": expected(403, so=200) | {"stranger": 403, "other vo": 403, "other vop": 403},
}


def test_pages_of_an_exchange_in_preparation_and_its_visit(parties: Parties, clients: dict[str, Client]) -> None:
    exchange = lifecycle.in_preparation(parties)
    visit = dict.fromkeys(("visit", "shared", "agenda", "days", "validation"), exchange.visit_id)
    assert departures(clients, PAGES | VISIT_PAGES, {"exchange": exchange.pk, **visit}) == {}


ONGOING = {
    "exchange": expected(200),
    "exchange_actual": expected(403, vop=200, so=200),
    "exchange_payable": expected(403, vop=200, so=200),
    "evidence_upload": expected(403, vo=200, vo_editor=200, ho=200, ho_editor=200, vop=200),
    "report_edit": expected(403, vo=200, vo_editor=200, vop=200, so=200),
    "report_submit_for": expected(403, vop=200, so=200),
    "feedback_give": expected(403, vo=409, vo_editor=409, ho=409, ho_editor=409),  # before the end
    "report_source_file": expected(404, ho=403, ho_editor=403, ho_reader=403, hop=403, observer=403),
}


def test_pages_of_an_ongoing_exchange(parties: Parties, clients: dict[str, Client]) -> None:
    exchange = lifecycle.ongoing(parties)
    assert departures(clients, ONGOING, {"exchange": exchange.pk}) == {}


def test_documents_follow_the_rule_of_their_record(
    parties: Parties, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exchanges.services.document_pdfs.reading_copy", lambda _version: b"%PDF")
    exchange: Exchange = lifecycle.signed(parties)
    ctq = DocumentVersion.objects.get(exchange=exchange, kind="ctq")
    agreement = DocumentVersion.objects.get(exchange=exchange, kind="fa")
    money_only = expected(200, ho=403, ho_editor=403, ho_reader=403, hop=403, observer=403)
    assert answers(clients, ctq.get_absolute_url()) == expected(200, observer=403)
    assert answers(clients, agreement.get_absolute_url()) == money_only
    assert answers(clients, reverse("document_reading", args=[ctq.pk])) == expected(200, observer=403)
    assert answers(clients, reverse("document_reading", args=[agreement.pk])) == money_only
    of_ctq, of_agreement = ctq.signatures.first(), agreement.signatures.first()
    assert isinstance(of_ctq, Signature)
    assert isinstance(of_agreement, Signature)
    assert answers(clients, reverse("scan", args=[of_ctq.pk])) == expected(200, observer=403)
    assert answers(clients, reverse("scan", args=[of_agreement.pk])) == money_only
