"""The reading desk: what waits, each read beside the decision on it, one after the other; who has opened what."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cxc import clock
from cxc.access.scoped import Actor
from cxc.core.calendar import midnight
from cxc.core.models import StoredFile
from cxc.workflow import RequirementsUnmet, perform, perform_as_system
from exchanges.models import DocumentOpening, Evidence, Exchange, FinalActivityReport, Payment, Visit
from exchanges.queries.decisions import waiting_for
from exchanges.services import evidence_submission
from exchanges.services.document_openings import evidence_was_opened
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.cache import cached
from tests.factories.clients import client_for
from tests.factories.parties import Parties, with_another_visitor
from tests.files import PNG, pdf_of
from tests.scenarios import completion, lifecycle
from tests.scenarios.completion import AFTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@cached
def over(parties: Parties) -> Exchange:
    """A stay that is over, with a file of two pages and a report that wait for an answer."""
    exchange = lifecycle.ongoing(parties)
    with clock.at(AFTER):
        file = StoredFile.store(pdf_of("Invoice", "Three nights"), name="hotel.pdf", content_type="application/pdf")
        evidence_submission.hand_in(exchange, kind="hotel", file=file, by=parties.vo)
    with clock.at(AFTER + timedelta(hours=1)):
        completion.report_submitted(parties, exchange)
    return exchange


@pytest.fixture
def exchange(parties: Parties) -> Any:
    made = over(parties)
    with clock.at(AFTER + timedelta(hours=2)):
        yield made


@pytest.fixture
def evidence(exchange: Exchange) -> Evidence:
    return Evidence.objects.get(exchange=exchange)


@pytest.fixture
def report(exchange: Exchange) -> FinalActivityReport:
    return FinalActivityReport.objects.get(exchange=exchange)


def desk(thing: Evidence | FinalActivityReport) -> str:
    return reverse("evidence_decision" if isinstance(thing, Evidence) else "report_decision", args=[thing.pk])


def opens_the_file(actor: Actor, evidence: Evidence) -> None:
    assert client_for(actor).get(reverse("evidence_page", args=[evidence.pk, 1])).status_code == 200


def kinds(actor: Actor) -> list[str]:
    return ["evidence" if one.is_evidence else "report" for one in waiting_for(actor, Exchange.objects.all())]


# --- what waits ---------------------------------------------------------------------------------------


def test_what_waits_longest_comes_first(parties: Parties, evidence: Evidence) -> None:
    assert kinds(parties.vop_coordinator) == ["evidence", "report"]
    shown = client_for(parties.vop_coordinator).get(reverse("decisions")).content.decode()
    assert "Read all 2, one after the other" in shown
    assert desk(evidence) in shown


def test_the_support_office_finds_a_report_once_it_may_answer(parties: Parties, exchange: Exchange) -> None:
    assert kinds(parties.so) == ["evidence"]
    with clock.at(AFTER + timedelta(days=14)):
        assert kinds(parties.so) == ["evidence", "report"]


def test_nobody_finds_what_is_not_theirs_to_decide(parties: Parties, exchange: Exchange) -> None:
    own = replace(parties.vop_coordinator, organisations=frozenset({parties.visitor.pk}))
    others = (parties.vo, parties.ho, parties.hop_coordinator, own, people.observer(), people.stranger())
    assert [kinds(actor) for actor in others] == [[]] * len(others)


def test_the_address_narrows_it_down_to_a_visit_or_as_the_list_does(parties: Parties, exchange: Exchange) -> None:
    client, address = client_for(parties.vop_coordinator), reverse("decisions")
    counts = {
        query: client.get(f"{address}?{query}").context["count"]
        for query in (f"visit={exchange.visit_id}", "visit=999999999", "state=ongoing", "state=closed", "visit=x")
    }
    assert list(counts.values()) == [2, 0, 2, 0, 2]
    assert f"{address}?visit={exchange.visit_id}" in builders.page(parties.vop_coordinator, "visit", exchange.visit_id)
    listed = client.get(reverse("exchanges"), {"state": "ongoing"}).content.decode()
    assert f"{address}?state=ongoing" in listed


def test_every_role_at_the_desk(who: dict[str, Actor], exchange: Exchange, evidence: Evidence) -> None:
    addresses = [reverse("decisions"), desk(evidence), desk(exchange.report)]
    answers = {role: [client_for(actor).get(one).status_code for one in addresses] for role, actor in who.items()}
    assert {role for role, codes in answers.items() if codes == [200, 200, 200]} == {"vop", "so"}
    assert answers["hop"] == answers["vop reader"] == [200, 403, 403]
    assert answers["other vop"] == [200, 404, 404]
    assert answers["nobody"] == [302, 302, 302]
    assert {
        tuple(codes)
        for role, codes in answers.items()
        if role not in {"vop", "so", "hop", "vop reader", "other vop", "nobody"}
    } == {(403, 403, 403)}


# --- reading and deciding -----------------------------------------------------------------------------


def test_the_document_stands_beside_the_decision(parties: Parties, evidence: Evidence) -> None:
    shown = client_for(parties.vop_coordinator).get(desk(evidence)).content.decode()
    assert shown.count('src="/documents/evidence/') == 2
    assert "Three nights" in shown
    assert "1 other waits" in shown


def test_evidence_is_accepted_after_it_was_opened_and_not_before(parties: Parties, evidence: Evidence) -> None:
    client = client_for(parties.vop_coordinator)
    refused = client.post(desk(evidence), {"decision": "accept"})
    assert refused.status_code == 400
    assert "Open the file before you accept it." in refused.content.decode()
    opens_the_file(parties.vop_coordinator, evidence)
    response = client.post(desk(evidence), {"decision": "accept"})
    assert response["Location"] == desk(evidence.exchange.report)
    evidence.refresh_from_db()
    assert evidence.state == "accepted"


def test_the_service_refuses_what_was_not_opened_whoever_else_has(parties: Parties, evidence: Evidence) -> None:
    opens_the_file(parties.so, evidence)
    with pytest.raises(RequirementsUnmet, match="Open the file"):
        perform(evidence, "accept", by=parties.vop_coordinator)
    page = client_for(parties.vop_coordinator).get(f"/transitions/exchanges.evidence/{evidence.pk}/accept/")
    assert desk(evidence) in page.content.decode()
    assert perform(evidence, "accept", by=parties.so).state == "accepted"


def test_downloading_the_file_opens_it_too(parties: Parties, evidence: Evidence) -> None:
    b"".join(client_for(parties.vop_coordinator).get(reverse("evidence_file", args=[evidence.pk])))
    (opening,) = DocumentOpening.objects.all()
    assert (opening.evidence, opening.user) == (evidence, parties.vop_coordinator.user)


def test_only_who_may_decide_leaves_a_trace(who: dict[str, Actor], evidence: Evidence) -> None:
    for role in ("vo", "vop reader"):
        opens_the_file(who[role], evidence)
    assert not DocumentOpening.objects.exists()


def test_opening_twice_is_kept_once_with_the_first_moment(parties: Parties, evidence: Evidence) -> None:
    evidence_was_opened(evidence, parties.vop_coordinator)
    with clock.at(AFTER + timedelta(days=1)):
        evidence_was_opened(evidence, parties.vop_coordinator)
    (opening,) = DocumentOpening.objects.all()
    assert opening.opened_at < AFTER + timedelta(days=1)
    opening.pk = None
    with pytest.raises(IntegrityError, match="evidence_opened_first_once"), transaction.atomic():
        opening.save()


def test_returning_wants_comments_and_says_them_to_the_visitor(parties: Parties, evidence: Evidence) -> None:
    client = client_for(parties.vop_coordinator)
    assert builders.errors(client.post(desk(evidence), {"decision": "return"})) == {
        "comments": ["Please say what is to be changed."]
    }
    client.post(desk(evidence), {"decision": "return", "comments": "Page 2 is not legible."})
    evidence.refresh_from_db()
    assert (evidence.state, evidence.comments) == ("returned", "Page 2 is not legible.")


def test_a_button_that_is_none_decides_nothing(parties: Parties, evidence: Evidence) -> None:
    response = client_for(parties.vop_coordinator).post(desk(evidence), {"comments": "Well."})
    assert builders.errors(response) == {"decision": ["Choose what to do."]}
    assert "Well." in response.content.decode()


def test_what_was_answered_meanwhile_says_so(parties: Parties, evidence: Evidence) -> None:
    opens_the_file(parties.vop_coordinator, evidence)
    client = client_for(parties.vop_coordinator)
    client.post(desk(evidence), {"decision": "accept"})
    assert "nothing to decide" not in client.get(desk(evidence)).content.decode()  # it can still be returned
    again = client.post(desk(evidence), {"decision": "accept"})
    assert again.status_code == 400


def test_a_report_is_accepted_as_it_was_read(parties: Parties, report: FinalActivityReport) -> None:
    client = client_for(parties.vop_coordinator)
    unread = client.post(desk(report), {"decision": "accept", "version_read": report.row_version})
    assert "Read it again" in unread.content.decode()
    typed = {"decision": "accept", "version_read": report.row_version - 1}
    client.get(desk(report))
    assert client.post(desk(report), typed).status_code == 400
    assert client.post(desk(report), typed | {"version_read": report.row_version}).status_code == 302
    report.refresh_from_db()
    assert report.state == "accepted"
    opening = DocumentOpening.objects.get(report=report)
    assert (opening.user, opening.report_version) == (parties.vop_coordinator.user, report.row_version)


def test_comments_on_answers_reach_the_visitor_under_their_names(parties: Parties, report: FinalActivityReport) -> None:
    client = client_for(parties.vop_coordinator)
    client.get(desk(report))
    typed = {"decision": "return", "version_read": report.row_version, "comment-outcomes": "Which letter?"}
    assert client.post(desk(report), typed | {"comments": "Nearly there."}).status_code == 302
    report.refresh_from_db()
    assert report.comments == "Outcomes: Which letter?\nNearly there."
    form = client_for(parties.vo).get(reverse("report_edit", args=[report.exchange_id])).context["form"]
    assert "Which letter?" in form["outcomes"].help_text
    assert "Which letter?" not in form["contacts"].help_text


def test_the_desk_shows_what_was_changed_since_a_report_was_returned(
    parties: Parties, report: FinalActivityReport
) -> None:
    report = perform(report, "send_back", by=parties.vop_coordinator, reason="Which letter?")
    perform(
        report, "edit", by=parties.vo, version_read=report.row_version, fields={"outcomes": "A letter to the mayor."}
    )
    perform(FinalActivityReport.objects.get(pk=report.pk), "submit", by=parties.vo)
    shown = client_for(parties.vop_coordinator).get(desk(report)).content.decode()
    assert "It was returned with these comments:" in shown
    assert "<ins>" in shown


def test_a_picture_and_a_file_that_cannot_be_shown(parties: Parties, exchange: Exchange) -> None:
    for name, content, content_type, shown in (
        ("photo.png", PNG, "image/png", 1),
        ("broken.pdf", b"%PDF-1.7 scan", "application/pdf", 0),
    ):
        file = StoredFile.store(content, name=name, content_type=content_type)
        piece = evidence_submission.hand_in(exchange, kind="other", file=file, by=parties.vo)
        page = client_for(parties.vop_coordinator).get(desk(piece)).content.decode()
        assert page.count(f'src="/documents/evidence/{piece.pk}/pages/') == shown
        assert ("can&#x27;t be read" in page) == (not shown)


def test_queries_do_not_grow_with_what_waits(
    parties: Parties, exchange: Exchange, django_assert_max_num_queries: Any
) -> None:
    client = client_for(parties.vop_coordinator)
    with django_assert_max_num_queries(60) as few:
        client.get(reverse("decisions"))
    for _number in range(5):
        completion.submitted_evidence(exchange, parties.vo)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(reverse("decisions"))


# --- one letter of the host ---------------------------------------------------------------------------


@cached
def two_stays(parties: Parties) -> list[Exchange]:
    """Of three visitors two have begun their stay; the third is still in preparation."""
    first = builders.roomy(parties)
    others = [with_another_visitor(parties), with_another_visitor(parties)]
    made = [first, *(lifecycle.joined(other, first.visit) for other in others)]
    for of_visitor, exchange in zip([parties, others[0]], made, strict=False):
        lifecycle.set_ready(of_visitor, lifecycle.signed_documents(of_visitor, exchange))
    with clock.at(midnight(lifecycle.FIRST, first.visit.time_zone)):
        for exchange in made[:2]:
            perform_as_system(Exchange.objects.get(pk=exchange.pk), "begin_stay")
    return made


def hands_in_the_letter(actor: Actor, visit_id: int, content: bytes) -> Any:
    data = {"file": builders.upload(content), "note": "For all"}
    return client_for(actor).post(reverse("host_letter", args=[visit_id]), data, follow=True)


def test_one_letter_becomes_evidence_of_each_exchange(parties: Parties) -> None:
    made = two_stays(parties)
    with clock.at(AFTER):
        address = reverse("host_letter", args=[made[0].visit_id])
        assert address in builders.page(parties.ho, "visit", made[0].visit_id)
        shown = hands_in_the_letter(parties.ho, made[0].visit_id, pdf_of("Letter")).content.decode()
        assert "Letter handed in for 2 exchanges." in shown
        assert f"Skipped {made[2].organisation}" in shown
        letters = Evidence.objects.order_by("exchange__pk")
        assert [(one.exchange, one.kind, one.note, one.uploaded_side) for one in letters] == [
            (exchange, "host_letter", "For all", "ho") for exchange in made[:2]
        ]
        assert len({one.file_id for one in letters}) == 1
        again = hands_in_the_letter(parties.ho, made[0].visit_id, pdf_of("Letter")).content.decode()
        assert again.count("was handed in for this exchange already") == 2
        assert Evidence.objects.count() == 2


def test_the_letter_is_offered_until_all_is_paid(parties: Parties) -> None:
    exchange = completion.closed(parties)
    visit = Visit.objects.get(pk=exchange.visit_id)
    assert evidence_submission.letter_is_wanted(visit, parties.ho)
    assert not evidence_submission.letter_is_wanted(visit, parties.vo)
    with clock.at(AFTER):
        completion.pay(Payment.objects.get(), parties.vop_coordinator)
    assert not evidence_submission.letter_is_wanted(visit, parties.ho)


def test_a_letter_that_was_returned_can_be_handed_in_again(parties: Parties) -> None:
    made = two_stays(parties)
    with clock.at(AFTER):
        hands_in_the_letter(parties.ho, made[0].visit_id, pdf_of("Letter"))
        perform(made[0].evidence.get(), "send_back", by=parties.vop_coordinator, reason="Not signed.")
        hands_in_the_letter(parties.ho, made[0].visit_id, pdf_of("Letter"))
    assert (made[0].evidence.count(), made[1].evidence.count()) == (2, 1)


def test_each_reads_the_letter_by_the_rule_of_its_exchange(parties: Parties) -> None:
    made = two_stays(parties)
    with clock.at(AFTER):
        hands_in_the_letter(parties.ho, made[0].visit_id, pdf_of("Letter"))
        own, other = (reverse("evidence_file", args=[one.evidence.get().pk]) for one in made[:2])
        client = client_for(parties.vo)
        assert b"".join(client.get(own)).startswith(b"%PDF")
        assert client.get(other).status_code == 404


def test_who_hands_in_the_letter(who: dict[str, Actor], parties: Parties) -> None:
    made = two_stays(parties)
    address = reverse("host_letter", args=[made[0].visit_id])
    answers = {role: client_for(actor).get(address).status_code for role, actor in who.items()}
    assert {role for role, code in answers.items() if code == 200} == {"ho", "ho editor", "vop"}
    assert {role for role, code in answers.items() if code == 404} == {"stranger", "other vo", "other vop"}
