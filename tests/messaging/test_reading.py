"""Who reads messages and the portal's own mails on the page of a record: writer, reader sides, the Support Office."""

import re
from typing import Any

import pytest
from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.bulk.models import BulkItem, BulkRun
from cxc.comms.models import Mail
from cxc.messaging.models import Message
from cxc.workflow import perform
from exchanges.models import Exchange, Visit
from profiles.models import Organisation
from profiles.services.people import anonymise
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.messaging.messages import sent
from tests.queries import count_queries
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SECRET = "Bring the blue folder."


def page(actor: Actor, address: str) -> str:
    answer = client_for(actor).get(address)
    return answer.content.decode() if answer.status_code == 200 else ""


def grouped() -> tuple[Parties, Parties, Exchange, Exchange]:
    """Two visitors of two Partnerships on one visit."""
    parties = usual_parties()
    lifecycle.published(parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind="host", places=3)
    first = lifecycle.in_preparation(parties)
    others = with_another_visitor(parties, vop=people.partnership("FR"))
    return parties, others, first, lifecycle.joined(others, first.visit)


def about(thing: Any, show: str = "") -> str:
    address = reverse("messages_about", args=[thing._meta.label_lower, thing.pk])
    return f"{address}?show={show}" if show else address


def test_writer_readers_and_the_support_office_read_a_message_on_the_page_of_the_exchange() -> None:
    parties, others, first, _second = grouped()
    sent(Exchange.objects.filter(pk=first.pk), parties.vop_coordinator, ["vo"], text=SECRET)
    for actor, reads in (
        (parties.vop_coordinator, True),
        (parties.vo, True),
        (people.member(parties.visitor, role="reader"), True),
        (parties.so, True),
        (parties.ho, False),
        (parties.hop_coordinator, False),
        (others.vo, False),
        (others.vop_coordinator, False),
        (people.observer(), False),
    ):
        for address in (first.get_absolute_url(), about(first)):
            assert (SECRET in page(actor, address)) is reads, (actor.label, address)


def test_a_message_about_a_visit_is_read_by_those_who_came_then() -> None:
    parties, others, first, second = grouped()
    perform(second, "cancel", by=others.vop_coordinator, reason="Ill.")
    sent(Visit.objects.all(), parties.hop_coordinator, ["vo"], text=SECRET)
    address = first.visit.get_absolute_url()
    for actor, reads in (
        (parties.vo, True),
        (parties.hop_coordinator, True),
        (parties.so, True),
        (others.vo, False),
        (others.vop_coordinator, False),
        (parties.vop_coordinator, False),
        (parties.ho, False),
    ):
        assert (SECRET in page(actor, address)) is reads, actor.label


def test_a_visitor_does_not_learn_from_a_message_who_else_comes() -> None:
    parties, others, first, _second = grouped()
    sent(Visit.objects.all(), parties.hop_coordinator, ["vo", "vop"], text=SECRET)
    assert str(others.visitor) in page(parties.hop_coordinator, about(first.visit))
    for actor in (parties.vo, parties.vop_coordinator):
        shown = page(actor, about(first.visit))
        assert SECRET in shown
        assert str(others.visitor) not in shown
        assert str(others.vop) not in shown
    assert "Visiting organisation (others)" in page(parties.vo, about(first.visit))


def test_an_organisation_with_the_number_of_a_partnership_reads_nothing_of_it() -> None:
    parties, _others, first, _second = grouped()
    sent(Exchange.objects.filter(pk=first.pk), parties.vop_coordinator, ["hop"], text=SECRET)
    Message.objects.get().parties.filter(is_writer=False).update(partnership_id=parties.visitor.pk)
    assert not Message.objects.visible_to(parties.vo).exists()


def test_the_portals_own_mails_are_listed_for_the_side_they_went_to() -> None:
    parties, others, first, _second = grouped()
    perform(first, "cancel", by=parties.hop_coordinator, reason="The host moved.")
    mails = Mail.objects.filter(about_kind="exchanges.exchange", about_id=first.pk, is_message=False)
    sides = set(mails.values_list("to_side", flat=True))
    assert {"vo", "vop", "ho"} <= sides
    for actor, expected in (
        (parties.vo, {"vo"}),
        (parties.ho, {"ho"}),
        (parties.vop_coordinator, {"vo", "vop"}),
        (parties.hop_coordinator, sides & {"ho", "hop"}),
        (parties.so, sides),
    ):
        text = page(actor, about(first, "mails"))
        labels = {"vo": "Visiting organisation", "ho": "Host organisation", "vop": "Visitor&#x27;s Partnership"}
        table = text[text.index("<tbody>") :]
        assert {side for side, label in labels.items() if label in table} == expected & set(labels), actor.label
        assert not re.search(r"[\w.]+@test\.example", table)
    for stranger in (others.vo, others.vop_coordinator):
        assert client_for(stranger).get(about(first, "mails")).status_code == 404


def test_the_page_of_a_record_leads_to_its_mails_whoever_may_be_told_of_some() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    told = {parties.vo: True, parties.hop_coordinator: True, parties.so: True, people.observer(): False}
    for actor, is_told in told.items():
        assert (f'href="{about(exchange, "mails")}"' in page(actor, exchange.get_absolute_url())) is is_told


def test_mails_about_the_agreement_are_not_listed_for_the_host() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    lifecycle.validated_documents(parties, exchange)
    shown = page(parties.vop_coordinator, about(exchange, "mails")) + page(parties.so, about(exchange, "mails"))
    assert "Financial Agreement" in shown
    for actor in (parties.ho, parties.hop_coordinator):
        table = page(actor, about(exchange, "mails")).partition("<tbody>")[2]
        assert "Financial Agreement" not in table


def test_a_message_is_no_mail_that_the_portal_sent_by_itself() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    sent(Exchange.objects.all(), parties.vop_coordinator, ["vo"], subject="Only this subject")
    assert "Only this subject" not in page(parties.so, about(exchange, "mails"))


def test_one_writes_from_the_page_of_a_record() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    client = client_for(parties.vo)
    answer: Any = client.post(about(exchange))
    run = BulkRun.objects.get()
    assert answer["Location"] == run.get_absolute_url()
    form = page(parties.vo, run.get_absolute_url())
    assert 'value="hop"' in form
    assert 'value="vo"' not in form
    wrong: Any = client.post(reverse("bulk_values", args=[run.pk]), {"subject": "Hello", "text": "{iban}"})
    assert wrong.status_code == 400
    assert "Choose at least one reader." in wrong.content.decode()
    assert "There is no {iban}." in wrong.content.decode()
    assert 'value="Hello"' in wrong.content.decode()
    # What the browser keeps until it is taken belongs to the page of the run, not to the address that refused it.
    assert f'data-draft-address="{run.get_absolute_url()}"' in wrong.content.decode()
    data = {"to": ["ho", "hop"], "subject": "Hello", "text": "About {reference}", "preview": "1"}
    seen: Any = client.post(reverse("bulk_values", args=[run.pk]), data, follow=True)
    assert f"About {exchange.reference}" in seen.content.decode()
    assert "2 mails will be sent" in seen.content.decode()
    run.refresh_from_db()
    done: Any = client.post(reverse("bulk_confirm", args=[run.pk]), {"preview_key": run.preview_key}, follow=True)
    assert "Message sent." in done.content.decode()
    assert f"About {exchange.reference}" in done.content.decode()
    assert Message.objects.count() == 1


def test_observers_readers_and_strangers_get_no_button() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    for actor in (people.observer(), people.member(parties.visitor, role="reader")):
        assert "Write a message" not in page(actor, exchange.get_absolute_url())
        assert client_for(actor).post(about(exchange)).status_code == 403
    assert client_for(people.stranger()).post(about(exchange)).status_code == 404
    assert client_for(people.stranger()).get("/messages/exchanges.payment/1/").status_code == 404


def test_lists_and_the_workspace_offer_a_message() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    for address, code in (
        (reverse("exchanges"), "message-exchange"),
        (exchange.visit.get_absolute_url(), "message-exchange"),
        (reverse("visits"), "message-visit"),
        (reverse("matches"), "message-match"),
        (reverse("profiles"), "message-profile"),
    ):
        assert f'value="{code}"' in page(parties.vop_coordinator, address), address
        answer: Any = client_for(parties.vop_coordinator).post(address, {"action": code, "all": "1"})
        assert re.search(r"/bulk/\d+/", answer["Location"]), address


def test_the_page_of_a_record_asks_as_often_for_many_messages_as_for_one() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    counts = []
    for _number in range(2):
        for _again in range(3):
            sent(Exchange.objects.all(), parties.vop_coordinator, ["vo", "ho", "hop"])
        client = client_for(parties.so)
        counts.append([count_queries(client, address) for address in (exchange.get_absolute_url(), about(exchange))])
    assert counts[0] == counts[1]


def test_forgetting_a_person_reaches_messages() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    writer, reader = people.user_of(parties.vop_coordinator), people.user_of(parties.vo)
    writer.full_name, reader.full_name = "Ada Muster", "Bo Sample"
    writer.save()
    reader.save()
    text = f"Ask Ada Muster ({writer.email}) or Bo Sample."
    sent(Exchange.objects.filter(pk=exchange.pk), parties.vop_coordinator, ["vo"], text=text)
    rows = Organisation.objects.filter(pk=parties.visitor.pk)
    sent(rows, parties.vop_coordinator, [f"person-{reader.pk}"], subject="For you alone", text=SECRET)
    anonymise(writer, by=parties.so)
    anonymise(reader, by=parties.so)
    texts = " ".join(f"{one.subject} {one.text} {one.written_by.full_name}" for one in Message.objects.all())
    for gone in ("Ada Muster", "Bo Sample", writer.email, SECRET, "For you alone"):
        assert gone not in texts
    assert "Ask Former user" in texts
    copies = [one for model in (Mail, BulkRun, BulkItem) for one in model.objects.values()]
    assert not [one for one in copies if SECRET in str(one) or "For you alone" in str(one)]


def test_a_message_to_several_members_stays_until_all_of_them_are_forgotten() -> None:
    parties = usual_parties()
    lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    members = [people.user_of(parties.vo), people.user_of(people.member(parties.visitor, role="owner"))]
    rows = Organisation.objects.filter(pk=parties.visitor.pk)
    sent(rows, parties.vop_coordinator, [f"person-{one.pk}" for one in members], text=SECRET)
    anonymise(members[0], by=parties.so)
    assert Message.objects.get().text == SECRET
    anonymise(members[1], by=parties.so)
    assert SECRET not in Message.objects.get().text
