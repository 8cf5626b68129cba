"""Messages: to whom they go, that the preview says what is sent, and that each reader gets a text once."""

from typing import Any

import pytest

from cxc.access.scoped import Actor
from cxc.bulk import runs, work
from cxc.bulk.models import BulkItem, RunStatus
from cxc.comms.models import Mail
from cxc.core.models import SchemeSettings
from cxc.core.refusals import Refused
from cxc.messaging.models import Message
from cxc.messaging.subjects import sides_on, subject_of
from cxc.workflow import NotAllowed, perform
from exchanges.models import Exchange, Visit
from exchanges.services.cancellation import cancel_exchange
from profiles.models import Organisation, Partnership, Profile
from tests.factories import people
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.messaging.messages import previewed, readers, sent
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ROLES = ("vo", "ho", "vop_coordinator", "hop_coordinator", "so")


def grouped(number: int) -> tuple[list[Parties], list[Exchange]]:
    """So many exchanges in preparation on one visit, all visitors under the same Partnership."""
    parties = usual_parties()
    lifecycle.published(parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind="host", places=number)
    all_parties, found = [parties], [lifecycle.in_preparation(parties)]
    while len(found) < number:
        all_parties.append(with_another_visitor(parties))
        found.append(lifecycle.joined(all_parties[-1], found[0].visit))
    return all_parties, found


def sides(kind: str, thing: Any, actor: Actor) -> str:
    subject = subject_of(kind)
    assert subject is not None
    return " ".join(sides_on(subject, subject.queryset().get(pk=thing.pk), actor))


def test_who_may_write_to_whom_on_an_exchange_and_its_visit() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    found = {role: sides("exchanges.exchange", exchange, getattr(parties, role)) for role in ROLES}
    assert found == {
        "vo": "ho vop hop",
        "ho": "vo vop hop",
        "vop_coordinator": "vo ho hop",
        "hop_coordinator": "vo ho vop",
        "so": "vo ho vop hop",
    }
    on_visit = {role: sides("exchanges.visit", exchange.visit, getattr(parties, role)) for role in ROLES}
    # The visitor's Partnership leads this visit.
    assert on_visit == {
        "vo": "",
        "ho": "vo vop hop lead",
        "vop_coordinator": "vo ho hop",
        "hop_coordinator": "vo ho vop lead",
        "so": "vo ho vop hop lead",
    }
    for stranger in (people.observer(), people.stranger(), people.coordinator(people.partnership("FR"))):
        assert sides("exchanges.exchange", exchange, stranger) == ""
        assert sides("exchanges.visit", exchange.visit, stranger) == ""


def test_who_joins_a_visit_as_another_partnership_writes_to_no_visitor_of_it() -> None:
    parties = usual_parties()
    first = lifecycle.in_preparation(parties)
    others = with_another_visitor(parties, vop=people.partnership("FR"))
    lifecycle.joined(others, first.visit)
    assert "vo" not in sides("exchanges.visit", first.visit, others.vop_coordinator).split()
    assert sides("exchanges.exchange", first, others.vop_coordinator) == ""


def test_who_was_cancelled_writes_to_nobody_on_the_visit_any_more() -> None:
    parties = usual_parties()
    first = lifecycle.in_preparation(parties)
    others = with_another_visitor(parties, vop=people.partnership("FR"))
    second = lifecycle.joined(others, first.visit)
    assert sides("exchanges.visit", first.visit, others.vop_coordinator) == "ho vop hop lead"
    perform(second, "cancel", by=others.vop_coordinator, reason="Ill.")
    assert sides("exchanges.visit", first.visit, others.vop_coordinator) == ""
    assert sent(Visit.objects.all(), others.vop_coordinator, ["ho"]) == []


def test_once_the_match_of_an_exchange_is_cancelled_an_organisation_writes_to_its_own_partnership_only() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    cancel_exchange(exchange, by=parties.vop_coordinator, reason="Ill.", match_too=True)
    assert sides("exchanges.exchange", exchange, parties.vo) == "vop"
    assert sides("exchanges.exchange", exchange, parties.ho) == "hop"
    assert sides("exchanges.exchange", exchange, parties.vop_coordinator) == "vo ho hop"


def test_before_a_match_is_confirmed_an_organisation_writes_to_its_own_partnership_only() -> None:
    parties = usual_parties()
    match = lifecycle.proposed(parties)
    assert sides("matching.match", match, parties.vo) == "vop"
    assert sides("matching.match", match, parties.ho) == "hop"
    assert sides("matching.match", match, parties.vop_coordinator) == "vo ho hop"
    perform(match, "host_yes", by=parties.ho)
    assert sides("matching.match", match, parties.vo) == "ho vop hop"


def test_profiles_organisations_and_partnerships() -> None:
    parties = usual_parties()
    profile = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    assert sides("profiles.profile", profile, parties.vo) == "partnership"
    assert sides("profiles.profile", profile, parties.vop_coordinator) == "holder"
    assert sides("profiles.organisation", parties.visitor, parties.vop_coordinator) == "holder"
    assert sides("profiles.organisation", parties.visitor, parties.vo) == ""
    assert sides("profiles.partnership", parties.vop, parties.so) == "partnership"
    assert sides("profiles.partnership", parties.vop, parties.hop_coordinator) == ""
    assert readers(sent(Profile.objects.all(), parties.vop_coordinator, ["holder"])) == {parties.vo.user}
    assert readers(sent(Partnership.objects.filter(pk=parties.hop.pk), parties.so, ["partnership"])) == {
        parties.hop_coordinator.user
    }


def test_a_reader_of_an_organisation_or_partnership_sends_nothing() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    reader = people.member(parties.visitor, role="reader")
    with pytest.raises(NotAllowed):
        previewed(Exchange.objects.filter(pk=exchange.pk), reader, ["vop"])


def test_the_preview_equals_what_is_sent() -> None:
    all_parties, found = grouped(3)
    by = all_parties[0].vop_coordinator
    texts = {"subject": "{reference}: {dates}", "text": "{organisation} visits {host}.\n\n{visit}"}
    run = previewed(Exchange.objects.all(), by, ["vo", "ho"], **texts)
    assert run.status is RunStatus.PREVIEWED
    shown = {
        (key, mail["subject"], mail["text"]) for item in run.items.all() for mail in item.mails for key in mail["keys"]
    }
    assert run.mails_count == len(shown) == 6
    before = Mail.objects.count()
    assert not Message.objects.exists()
    runs.confirm(run)
    mails = list(Mail.objects.order_by("pk")[before:])
    assert {(mail.key, mail.subject) for mail in mails} == {(key, subject) for key, subject, _text in shown}
    for key, _subject, text in shown:
        assert "visits" in text
        assert f", {all_parties[0].vop} wrote about CXC-" in text
        assert text in next(mail.text for mail in mails if mail.key == key)
    first = Message.objects.get(about_id=found[0].pk)
    assert first.subject == f"{found[0].reference}: 28 Sep 2026 – 30 Sep 2026"
    assert first.text.startswith(f"{found[0].organisation} visits {found[0].host}.")
    assert Message.objects.count() == 3


def test_the_same_text_about_several_exchanges_reaches_a_reader_once() -> None:
    all_parties, found = grouped(3)
    run = previewed(Exchange.objects.all(), all_parties[0].vop_coordinator, ["vo", "ho", "hop"])
    assert run.mails_count == 5
    before = Mail.objects.count()
    runs.confirm(run)
    mails = list(Mail.objects.order_by("pk")[before:])
    assert len(mails) == 5
    assert readers(mails) == {*(one.vo.user for one in all_parties), all_parties[0].ho.user} | {
        all_parties[0].hop_coordinator.user
    }
    assert {message.about_id for message in Message.objects.all()} == {one.pk for one in found}


class Killed(BaseException):
    """Ends a process as a signal does: nothing catches it."""


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_sends_each_mail_once() -> None:
    all_parties, _found = grouped(4)
    run = previewed(Exchange.objects.all(), all_parties[0].vop_coordinator, ["vo", "ho"])
    before = Mail.objects.count()
    with pytest.MonkeyPatch.context() as patch:
        left, act = [2], work._perform_on

        def dying(*arguments: Any) -> None:
            act(*arguments)
            if left[0] == 0:
                raise Killed
            left[0] -= 1

        patch.setattr(work, "_perform_on", dying)
        with pytest.raises(Killed):
            runs.confirm(run)
    assert work.work_on(run.pk) == 2
    assert work.work_on(run.pk) == 0
    mails = list(Mail.objects.order_by("pk")[before:])
    assert sorted(mail.to_address for mail in mails) == sorted({mail.to_address for mail in mails})
    assert len(mails) == 5
    assert Message.objects.count() == 4


def test_an_unknown_placeholder_is_refused_with_those_that_exist() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    run = previewed(Exchange.objects.all(), parties.so, ["vo"], text="{organization} {iban}")
    item = run.items.get()
    assert item.can_be_done is False
    assert item.sentences == [
        "Message: There is no {organization}, {iban}. Use only these names in braces:"
        " {reference}, {organisation}, {host}, {visit}, {dates}."
    ]


def test_a_name_in_braces_within_a_value_stays() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    Organisation.objects.filter(pk=parties.visitor.pk).update(legal_name="Odd {reference} Ltd")
    mails = sent(Exchange.objects.filter(pk=exchange.pk), parties.so, ["vo"], text="{organisation}")
    assert "Odd {reference} Ltd" in mails[0].text


def test_a_visit_writes_to_those_who_still_come() -> None:
    all_parties, found = grouped(2)
    perform(found[1], "cancel", by=all_parties[0].vop_coordinator, reason="Ill.")
    mails = sent(Visit.objects.all(), all_parties[0].hop_coordinator, ["vo", "ho", "vop"])
    assert readers(mails) == {all_parties[0].vo.user, all_parties[0].ho.user, all_parties[0].vop_coordinator.user}


def test_each_mail_goes_to_one_reader_and_answers_to_the_partnership() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    Partnership.objects.filter(pk=parties.vop.pk).update(email="office@vop.example")
    assert parties.vop_coordinator.user is not None
    mails = sent(Exchange.objects.all(), parties.vop_coordinator, ["vo", "ho", "hop"])
    assert [mail.reply_to for mail in mails] == ["office@vop.example"] * 3
    others = {mail.to_address for mail in mails} | {parties.vop_coordinator.user.email}
    for mail in mails:
        assert f"your answer goes to {parties.vop}" in mail.text
        assert not [address for address in others if address in mail.text + mail.html + mail.subject]
    from_visitor = sent(Exchange.objects.all(), parties.vo, ["ho"])
    assert [mail.reply_to for mail in from_visitor] == ["office@vop.example"]
    from_host = sent(Exchange.objects.all(), parties.ho, ["vo"])
    assert [mail.reply_to for mail in from_host] == [""]
    assert "answers to this mail are not read" in from_host[0].text


def test_the_frame_speaks_the_readers_language() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    assert parties.vo.user is not None
    parties.vo.user.language = "fr"
    parties.vo.user.save()
    mail = sent(Exchange.objects.all(), parties.vop_coordinator, ["vo"], text="See you.")[0]
    assert "See you." in mail.text
    assert "Bonjour" in mail.text or "Madame" in mail.text


def test_nobody_sends_more_than_the_limit_in_an_hour(now: Any) -> None:
    all_parties, _found = grouped(3)
    by = all_parties[0].vop_coordinator
    settings = SchemeSettings.current()
    settings.message_mails_an_hour = 4
    settings.save()
    assert len(sent(Exchange.objects.all(), by, ["vo"])) == 3
    run = previewed(Exchange.objects.all(), by, ["vo"])
    with pytest.raises(Refused, match="at most 4 mails an hour"):
        runs.confirm(run)
    run.refresh_from_db()
    assert run.status is RunStatus.PREVIEWED
    assert len(sent(Exchange.objects.all(), by, ["ho"])) == 1
    assert len(sent(Exchange.objects.all(), all_parties[0].so, ["vo"])) == 3


def test_one_member_of_an_organisation_is_written_to() -> None:
    parties = usual_parties()
    lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    reader = people.user_of(people.member(parties.visitor, role="reader"))
    rows = Organisation.objects.filter(pk=parties.visitor.pk)
    assert readers(sent(rows, parties.vop_coordinator, [f"person-{reader.pk}"])) == {reader}
    run = previewed(rows, parties.vop_coordinator, [f"person-{people.user_of(parties.ho).pk}"])
    assert run.items.get().can_be_done is False


def test_who_no_longer_acts_for_the_partnership_sends_nothing() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    run = previewed(Exchange.objects.all(), parties.vop_coordinator, ["vo"])
    people.user_of(parties.vop_coordinator).partnership_memberships.all().delete()
    runs.confirm(run)
    assert set(run.items.values_list("outcome", flat=True)) == {BulkItem.Outcome.SKIPPED}
    assert not Message.objects.exists()
