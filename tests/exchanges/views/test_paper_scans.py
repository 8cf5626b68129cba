"""Signing on paper from the page of a visit: upload, tell the pages apart, record, read the result."""

import re
from typing import Any

import pytest
from django.urls import reverse

from cxc.access.scoped import Actor
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Exchange, Signature, Visit
from tests.exchanges.services.grouped_visit import Group, grouped
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.cache import cached
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.files import PNG, pdf_of
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@cached
def two_validated() -> Group:
    group = grouped()
    for number in (0, 1):
        lifecycle.validated_documents(group.parties_of_visitors[number], group.exchanges[number])
    return group


@pytest.fixture
def group() -> Group:
    return two_validated()


def page_of(exchange: Exchange, kind: str = "CTQ") -> str:
    return f"{kind}-{exchange.reference} - version 1"


def test_the_page_of_the_visit_leads_there_and_lists_what_is_signed_later(group: Group) -> None:
    assert reverse("visit_sign", args=[group.visit.pk]) in builders.page(group.parties.ho, "visit", group.visit.pk)
    shown = builders.page(group.parties.ho, "visit_sign", group.visit.pk)
    assert "Signed later" in shown
    assert str(group.exchanges[2].organisation) in shown


def test_where_nothing_is_validated_there_is_no_form() -> None:
    group = grouped()
    shown = builders.page(group.parties.ho, "visit_sign", group.visit.pk)
    assert "nothing to sign here now" in shown
    assert 'type="file"' not in shown


def test_own_signatures_are_chosen_beforehand_and_those_of_others_not(group: Group) -> None:
    for actor, chosen in (
        (group.parties.ho, ["ho"]),
        (group.parties.vop_coordinator, ["vop"]),
        (group.parties.so, []),
    ):
        form = client_for(actor).get(reverse("visit_sign", args=[group.visit.pk])).context["form"]
        assert [str(party) for party in form["parties"].value()] == chosen


def test_a_picture_has_no_pages_and_is_refused(group: Group) -> None:
    response = builders.send(
        group.parties.ho, "visit_sign", group.visit.pk, {"parties": ["ho"], "scan": builders.upload(PNG)}
    )
    assert "Scan all pages into one PDF" in builders.errors(response)["scan"][0]


def test_the_result_names_what_was_recorded_of_each(group: Group) -> None:
    client = client_for(group.parties.ho)
    scan = builders.upload_scan(group.parties.ho, group.visit, *(page_of(one) for one in group.exchanges[:2]))
    response = client.post(scan.get_absolute_url(), builders.as_offered(client, scan.get_absolute_url()), follow=True)
    shown = response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("paper_scan_result", args=[scan.pk])
    assert shown.count(f"Host organisation: {group.parties.ho.user}") == 2
    assert Signature.objects.count() == 2
    assert client.get(scan.get_absolute_url()).status_code == 302  # nothing is left to record


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"pages": ["1-9", "2"]}, "Write the pages as numbers from 1 to 2"),
        ({"pages": ["1-2", "2"]}, "Page 2 is already given to"),
        ({"pages": ["", ""]}, "Enter for at least one document on which pages it is."),
        ({"bodies": []}, "Choose who signed it, or leave its pages empty."),
        ({"signer": ""}, "Choose who signed for"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(group: Group, typed: dict[str, Any], sentence: str) -> None:
    client = client_for(group.parties.ho)
    scan = builders.upload_scan(group.parties.ho, group.visit, *(page_of(one) for one in group.exchanges[:2]))
    address = scan.get_absolute_url()
    keys = [f"ctq-{DocumentVersion.objects.get(exchange=one, kind='ctq').pk}" for one in group.exchanges[:2]]
    changes: dict[str, Any] = dict(zip((f"pages-{key}" for key in keys), typed.get("pages", ["1", "2"]), strict=True))
    if "bodies" in typed:
        changes[f"bodies-{keys[0]}"] = []
    if "signer" in typed:
        changes[f"signer-organisation-{group.parties.host.pk}"] = ""
    response = client.post(address, builders.as_offered(client, address, **changes))
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert response.context["form"][f"pages-{keys[0]}"].value() == changes[f"pages-{keys[0]}"]
    assert not Signature.objects.exists()


def test_a_second_tab_is_told_that_it_is_signed(group: Group) -> None:
    client = client_for(group.parties.ho)
    scan = builders.upload_scan(group.parties.ho, group.visit, page_of(group.exchanges[0]))
    typed = builders.as_offered(client, scan.get_absolute_url())
    client.post(scan.get_absolute_url(), typed)
    shown = client.post(scan.get_absolute_url(), typed, follow=True).content.decode()
    assert "has already signed for" in shown
    assert Signature.objects.count() == 1


def test_the_whole_scan_is_who_uploaded_it_and_the_support_offices(group: Group) -> None:
    parties = group.parties
    scan = builders.upload_scan(parties.ho, group.visit, *(page_of(one) for one in group.exchanges[:2]))
    colleague = people.member(parties.host, signs=True)
    addresses = [
        scan.get_absolute_url(),
        reverse("paper_scan_file", args=[scan.pk]),
        reverse("paper_scan_page", args=[scan.pk, 1]),
        reverse("paper_scan_result", args=[scan.pk]),
    ]
    for address in addresses:
        for actor in (parties.vo, parties.vop_coordinator, parties.hop_coordinator, colleague, people.stranger()):
            assert client_for(actor).get(address).status_code == 404, address
    assert client_for(parties.so).get(addresses[0]).status_code == 200
    assert client_for(people.observer()).get(addresses[1]).status_code == 403
    picture = client_for(parties.ho).get(addresses[2])
    assert (picture["Content-Type"], picture.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert client_for(parties.ho).get(reverse("paper_scan_page", args=[scan.pk, 3])).status_code == 404
    whole = client_for(parties.so).get(addresses[1])
    assert b"".join(whole).startswith(b"%PDF")


def test_the_queries_of_the_form_do_not_grow_with_its_documents(
    group: Group, django_assert_max_num_queries: Any
) -> None:
    client = client_for(group.parties.ho)
    first, second = group.exchanges[:2]
    scan = builders.upload_scan(group.parties.ho, group.visit, page_of(first), page_of(second))
    with django_assert_max_num_queries(40) as of_two:
        assert len(client.get(scan.get_absolute_url()).context["form"].documents) == 2
    lifecycle.sign(group.parties, DocumentVersion.objects.get(exchange=first, kind="ctq"), Party.HO)
    with django_assert_max_num_queries(40) as of_one:
        assert len(client.get(scan.get_absolute_url()).context["form"].documents) == 1
    assert len(of_two.captured_queries) == len(of_one.captured_queries)


class Hand:
    """Somebody at the portal: counts clicks (links, boxes, buttons) and chosen files."""

    def __init__(self, actor: Actor, visit: Visit) -> None:
        self.clicks = self.uploads = 0
        self.client, self.address = client_for(actor), visit.get_absolute_url()
        self.shown: Any = self.client.get(self.address)

    def follows(self, label: str) -> None:
        found = re.search(rf'href="([^"]+)"\s*>\s*{label}', self.shown.content.decode())
        assert found, label
        self.clicks += 1
        self.address = found[1]
        self.shown = self.client.get(self.address)

    def sends(self, *, also: list[str], lines: list[str] | None = None) -> None:
        """The form as it is shown; `also`: boxes ticked, `lines`: a file chosen."""
        form = self.shown.context["form"]
        data = {bound.html_name: "" if bound.value() is None else bound.value() for bound in form}
        if lines is not None:
            data |= {"parties": [*data["parties"], *also], "scan": builders.upload(pdf_of(*lines))}
            self.uploads += 1
        self.clicks += len(also) + 1
        self.shown = self.client.post(self.address, data, follow=True)
        assert self.shown.status_code == 200, self.shown.content.decode()
        self.address = self.shown.redirect_chain[-1][0]


def nine() -> list[tuple[Parties, Exchange]]:
    """Nine visitors of one Partnership with validated documents."""
    first = usual_parties()
    made = [(first, builders.roomy(first))]
    for _number in range(8):
        visitor = with_another_visitor(first)
        made.append((visitor, lifecycle.joined(visitor, made[0][1].visit)))
    for parties, exchange in made:
        lifecycle.validated_documents(parties, exchange)
    return made


def test_nine_visitors_are_signed_for_with_ten_clicks_and_three_uploads() -> None:
    made = nine()
    parties, visit = made[0][0], made[0][1].visit
    references = [page_of(exchange) for _parties, exchange in made]
    agreements = [page_of(exchange, "FA") for _parties, exchange in made]
    hands = []
    for actor, also, lines in (
        (parties.ho, [], references),
        (parties.hop_coordinator, [], references),
        (parties.vop_coordinator, ["vo"], [*references, *agreements]),
    ):
        hands.append(hand := Hand(actor, visit))
        hand.follows("Sign on paper")
        hand.sends(also=also, lines=lines)
        hand.sends(also=[])
    assert sum(hand.clicks for hand in hands) <= 10
    assert sum(hand.uploads for hand in hands) <= 3
    assert Signature.objects.count() == 9 * (4 + 2)
    assert set(visit.exchanges.values_list("own_part__state", "agreement__state")) == {("signed", "signed")}
