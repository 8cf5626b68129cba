"""The documents of a visit that wait for one signatory, signed in one sitting."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.workflow import perform
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Signature
from tests.exchanges.services.grouped_visit import Group, grouped
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def group() -> Group:
    """The first two visitors' documents are validated; the third has written nothing."""
    found = grouped()
    for parties, exchange in zip(found.parties_of_visitors[:2], found.exchanges[:2], strict=True):
        lifecycle.validated_documents(parties, exchange)
    return found


def ctqs(group: Group) -> list[DocumentVersion]:
    found = DocumentVersion.objects.filter(kind="ctq", exchange__in=group.exchanges)
    return list(found.order_by("exchange_id", "number"))


def sign(actor: Actor, group: Group, versions: Sequence[DocumentVersion], **changes: Any) -> Any:
    typed = {"listed": [one.pk for one in versions], "read": [one.pk for one in versions], "sign": "on"} | changes
    return client_for(actor).post(reverse("visit_sign_all", args=[group.visit.pk]), typed, follow=True)


def shown(actor: Actor, group: Group) -> str:
    return builders.page(actor, "visit_sign_all", group.visit.pk)


def test_the_host_signs_all_that_is_validated_and_reads_why_the_rest_is_skipped(group: Group) -> None:
    answer = sign(group.parties.ho, group, ctqs(group)).content.decode()
    assert [(row.party, row.method) for row in Signature.objects.all()] == [("ho", "screen")] * 2
    assert "2 documents signed." in answer
    assert "Its own part is “Draft”; still missing" in answer
    assert "Nothing of this visit waits for your signature now." in answer


def test_the_list_says_who_has_signed_and_what_one_has_not_opened(group: Group) -> None:
    first, _second = ctqs(group)
    lifecycle.sign(group.parties, first, Party.VO)
    page = shown(group.parties.ho, group)
    assert str(group.parties.vo.user) in page
    assert page.count("Nobody has signed yet.") == 1
    assert page.count("not opened by you yet") == 2
    client_for(group.parties.ho).get(reverse("document_sign", args=[first.pk]))
    assert shown(group.parties.ho, group).count("not opened by you yet") == 1


def test_only_what_was_read_is_signed_or_all_at_once(group: Group) -> None:
    first, second = ctqs(group)
    sign(group.parties.ho, group, [first, second], read=[first.pk])
    assert [row.version for row in Signature.objects.all()] == [first]
    sign(group.parties.hop_coordinator, group, [first, second], read=[], read_all="on")
    assert Signature.objects.filter(party="hop").count() == 2


def test_nothing_is_signed_without_reading_or_without_the_sentence(group: Group) -> None:
    assert sign(group.parties.ho, group, ctqs(group), read=[]).status_code == 400
    assert sign(group.parties.ho, group, ctqs(group), sign="").status_code == 400
    assert not Signature.objects.exists()


def test_each_is_signed_by_itself_and_what_was_signed_meanwhile_is_skipped_with_the_reason(group: Group) -> None:
    first, second = ctqs(group)
    lifecycle.sign(group.parties, first, Party.HO)
    answer = sign(group.parties.ho, group, [first, second]).content.decode()
    assert f"Skipped {first}:" in answer
    assert "has already signed for" in answer
    assert "1 document signed." in answer


def test_a_partnership_signs_the_agreements_of_its_visitors_too(group: Group) -> None:
    answer = shown(group.parties.vop_coordinator, group)
    assert answer.count('name="listed"') == 4
    assert shown(group.parties.ho, group).count('name="listed"') == 2
    assert shown(group.parties.vo, group).count('name="listed"') == 2


def test_what_changed_since_the_version_that_the_party_signed_last(group: Group) -> None:
    (first, _second), own = ctqs(group), group.own(0)
    lifecycle.sign(group.parties, first, Party.HO)
    own = perform(own, "revise", by=group.parties.vop_coordinator)
    fields = {"objectives": "Learn about knitting."}
    perform(own, "edit", by=group.parties.vo, version_read=own.row_version, fields=fields)
    own.refresh_from_db()
    perform(own, "submit", by=group.parties.vop_coordinator)
    lifecycle.with_pdf(perform(own, "validate", by=group.parties.so).current_version)
    answer = shown(group.parties.ho, group)
    assert "What changed since version 1, which your party signed last" in answer
    assert "Objectives" in answer
    assert "knitting" in answer
    assert "which your party signed last" not in shown(group.parties.hop_coordinator, group)


def test_only_signatories_sign_a_visit(group: Group) -> None:
    address = reverse("visit_sign_all", args=[group.visit.pk])
    assert client_for(group.parties.so).get(address).status_code == 403


def test_the_visit_leads_its_signatories_there(group: Group) -> None:
    address = reverse("visit_sign_all", args=[group.visit.pk])
    assert address in builders.page(group.parties.ho, "visit", group.visit.pk)
    assert address not in builders.page(group.parties.so, "visit", group.visit.pk)


def test_nine_visitors_are_signed_for_in_one_sitting_each(parties: Parties) -> None:
    """The host, its Partnership and both Partnerships of visitors send one form each."""
    first = lifecycle.in_preparation(parties)
    french = people.partnership("FR")
    others = [with_another_visitor(parties, vop=french if n > 6 else None) for n in range(2, 10)]
    ninth = others[-1]
    for visitor, exchange in [(parties, first), *((one, lifecycle.joined(one, first.visit)) for one in others)]:
        lifecycle.validated_documents(visitor, exchange)
    address = reverse("visit_sign_all", args=[first.visit_id])
    for actor in (parties.ho, parties.hop_coordinator, parties.vop_coordinator, ninth.vop_coordinator):
        listed = re.findall(r'name="listed" value="(\d+)"', client_for(actor).get(address).content.decode())
        client_for(actor).post(address, {"listed": listed, "read_all": "on", "sign": "on"})
    given = Counter(Signature.objects.values_list("party", "version__kind"))
    assert given == {("ho", "ctq"): 9, ("hop", "ctq"): 9, ("vop", "ctq"): 9, ("vop", "fa"): 9}
