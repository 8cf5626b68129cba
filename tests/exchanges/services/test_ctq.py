"""Parts, versions and validation of the CTQ, for one visitor."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cxc import clock
from cxc.comms.models import Mail
from cxc.workflow import NotAllowed, Refused, RequirementsUnmet, Stale, perform
from exchanges.documents import printed
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Exchange, OwnPart, SharedPart, Visit
from exchanges.presenters.audit_trail import audit_trail
from exchanges.services import document_seals
from profiles.enums import Modality
from tests.exchanges.services.grouped_visit import numbers
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import FIRST, LAST, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.mark.parametrize("modality", [Modality.PHYSICAL, Modality.VIRTUAL])
def test_a_version_keeps_both_parts_by_value(modality: str) -> None:
    parties = usual_parties()
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties, modality))
    version = exchange.own_part.current_version
    assert numbers(exchange) == [(1, 1, 1, False)]
    found = printed.of_version(version)
    assert (found.shared.goals, found.own.outcomes) == ("Find joint trials.", "A letter of intent.")
    assert [party.name for party in found.parties][:2] == [parties.visitor.legal_name, parties.host.legal_name]
    facts = found.exchange
    assert (facts.first_day, facts.last_day, facts.working_days, facts.modality) == (FIRST, LAST, 3, modality)
    assert [item.day for item in found.shared.agenda] == [FIRST, FIRST + timedelta(days=1), LAST]
    parties.visitor.legal_name = "Renamed"
    parties.visitor.save()
    assert printed.of_version(DocumentVersion.objects.get(pk=version.pk)) == found


def test_own_part_waits_for_the_shared_part() -> None:
    parties = usual_parties()
    own = lifecycle.submitted_own_part(parties, lifecycle.in_preparation(parties))
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(own, "validate", by=parties.so)
    assert [gap.name for gap in refusal.value.unmet] == ["shared_validated"]


def test_a_part_with_gaps_is_not_ready() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    for part, name in ((exchange.own_part, "own_complete"), (exchange.visit.shared_part, "shared_complete")):
        with pytest.raises(RequirementsUnmet) as refusal:
            perform(part, "submit", by=parties.vop_coordinator)
        assert [gap.name for gap in refusal.value.unmet] == [name]


def test_stale_texts_carry_both() -> None:
    parties = usual_parties()
    own = lifecycle.in_preparation(parties).own_part
    perform(OwnPart.objects.get(pk=own.pk), "edit", by=parties.vo, version_read=1, fields={"objectives": "Theirs"})
    with pytest.raises(Stale) as stale:
        perform(own, "edit", by=parties.vop_coordinator, version_read=1, fields={"objectives": "Mine"})
    assert (stale.value.current.objectives, stale.value.mine) == ("Theirs", {"objectives": "Mine"})


def test_follow_up_after_2_to_12_months() -> None:
    parties = usual_parties()
    own = lifecycle.in_preparation(parties).own_part
    with pytest.raises(Refused, match="2 to 12"):
        perform(own, "edit", by=parties.vo, version_read=1, fields={"follow_up_months": 13})


def test_a_new_version_voids_the_signatures() -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    own = exchange.own_part
    perform(own, "revise", by=parties.vop_coordinator)
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields={"objectives": "Other ones."})
    perform(own, "submit", by=parties.vop_coordinator)
    perform(own, "validate", by=parties.so)
    assert numbers(exchange) == [(1, 1, 1, False), (2, 1, 2, False)]
    assert (own.state, len(own.parties_still_to_sign())) == ("validated", 4)
    assert own.current_version.follows.number == 1
    assert exchange.document_versions.get(kind="ctq", number=1).signatures.count() == 4


def test_an_editorial_version_keeps_the_signatures_and_lists_itself() -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    own = exchange.own_part
    perform(own, "revise", by=parties.vop_coordinator)
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields={"objectives": "Learn about sensors!"})
    perform(own, "submit", by=parties.vop_coordinator)
    perform(own, "validate_as_editorial", by=parties.so, reason="A sign")
    assert numbers(exchange) == [(1, 1, 1, False), (2, 1, 2, True)]
    assert own.state == "signed"
    found = printed.of_version(own.current_version)
    assert [(line.version, line.note) for line in found.editorial_versions] == [(2, "A sign")]
    assert [place.how for place in found.signatures] == ["Signed on paper"] * 4


def corrected(parties: Parties, exchange: Exchange) -> OwnPart:
    """Its own part says something else in an editorial version."""
    own = OwnPart.objects.get(exchange=exchange)
    perform(own, "revise", by=parties.vop_coordinator)
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields={"objectives": "Learn about sensors!"})
    perform(own, "submit", by=parties.vop_coordinator)
    perform(own, "validate_as_editorial", by=parties.so, reason="A sign")
    return OwnPart.objects.get(exchange=exchange)


def test_a_signatory_objects_to_an_editorial_version_and_the_one_before_counts_again() -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    before = OwnPart.objects.get(exchange=exchange).objectives
    own = corrected(parties, exchange)
    perform(own, "object_to_editorial", by=parties.ho, reason="That is more than a sign.")
    own = OwnPart.objects.get(exchange=exchange)
    assert (own.state, own.objectives, own.parties_still_to_sign()) == ("signed", before, [])
    assert own.current_version.number == 1
    assert own.version == own.validated_version == 1
    second = exchange.document_versions.get(kind="ctq", number=2)
    assert second.voided_at == NOW
    assert second not in document_seals.due()
    assert [entry.event for entry in audit_trail(second)][-1] == "voided"
    subject = "Objection to a correction of the CTQ"
    told = set(Mail.objects.filter(subject__contains=subject).values_list("to_user", flat=True))
    assert {parties.vo.user.pk, parties.vop_coordinator.user.pk, parties.so.user.pk} <= told
    # What is written next has the number after.
    assert corrected(parties, exchange).current_version.number == 3


def test_an_objection_to_a_correction_of_the_shared_part_leaves_that_as_it_was_corrected() -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    shared = SharedPart.objects.get(visit=exchange.visit)
    perform(shared, "revise", by=parties.vop_coordinator)
    fields = {"goals": "Find joint trials!"}
    perform(shared, "edit", by=parties.vop_coordinator, version_read=shared.row_version, fields=fields)
    perform(shared, "submit", by=parties.vop_coordinator)
    perform(shared, "validate_as_editorial", by=parties.so, reason="A sign")
    own = OwnPart.objects.get(exchange=exchange)
    assert (own.state, own.current_version.number) == ("signed", 2)
    perform(own, "object_to_editorial", by=parties.ho, reason="Not a trial.")
    own = OwnPart.objects.get(exchange=exchange)
    assert (own.state, own.current_version.number, own.version) == ("signed", 1, 1)
    assert printed.of_version(own.current_version).shared.goals == "Find joint trials."
    assert SharedPart.objects.get(visit=exchange.visit).goals == "Find joint trials!"


def test_an_objection_is_for_signatories_within_a_week() -> None:
    parties = usual_parties()
    own = corrected(parties, lifecycle.signed(parties))
    with pytest.raises(NotAllowed):
        perform(own, "object_to_editorial", by=replace(parties.ho, signatory=False), reason="No.")
    with clock.at(NOW + timedelta(days=7, minutes=1)), pytest.raises(RequirementsUnmet) as refusal:
        perform(own, "object_to_editorial", by=parties.ho, reason="Too late.")
    assert [gap.name for gap in refusal.value.unmet] == ["editorial_version_is_recent"]


def test_who_signed_the_corrected_version_signs_the_one_before_anew() -> None:
    parties = usual_parties()
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    lifecycle.sign(parties, exchange.document_versions.get(kind="ctq"), Party.VO, Party.HO, Party.VOP)
    corrected(parties, exchange)
    second = exchange.document_versions.get(kind="ctq", number=2)
    lifecycle.with_pdf(second)
    lifecycle.sign(parties, second, Party.HOP)
    own = OwnPart.objects.get(exchange=exchange)
    assert own.state == "signed"
    perform(own, "object_to_editorial", by=parties.vo, reason="Not what I signed.")
    own = OwnPart.objects.get(exchange=exchange)
    assert (own.state, own.parties_still_to_sign()) == ("validated", ["Host's Partnership"])


def test_the_database_voids_editorial_versions_only() -> None:
    parties = usual_parties()
    lifecycle.signed(parties)
    with pytest.raises(IntegrityError, match="only_editorial_version_is_voided"), transaction.atomic():
        DocumentVersion.objects.filter(kind="fa").update(voided_at=NOW)


def test_a_first_version_is_never_editorial() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    perform(lifecycle.submitted_shared_part(parties, exchange.visit), "validate", by=parties.so)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(lifecycle.submitted_own_part(parties, exchange), "validate_as_editorial", by=parties.so)
    assert [gap.name for gap in refusal.value.unmet] == ["validated_before", "substance_unchanged"]


def test_other_dates_are_no_editorial_change() -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    perform(exchange.visit, "change_dates", by=parties.vop_coordinator, fields={"last_day": LAST + timedelta(days=1)})
    figures = {"sector": None, "lump_sum": exchange.agreed_lump_sum}
    perform(exchange, "set_agreed", by=parties.vop_coordinator, start=FIRST, end=LAST + timedelta(days=1), **figures)
    own = OwnPart.objects.get(exchange=exchange)
    shared = SharedPart.objects.get(visit=exchange.visit)
    perform(shared, "submit", by=parties.vop_coordinator)
    perform(shared, "validate_as_editorial", by=parties.so)
    own.refresh_from_db()
    assert own.state == "ready"
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(own, "validate_as_editorial", by=parties.so)
    assert [gap.name for gap in refusal.value.unmet] == ["substance_unchanged"]


@pytest.mark.parametrize("is_written", [False, True])
def test_another_city_of_the_visit_is_no_editorial_change(is_written: bool) -> None:
    """Neither while the shared part is validated, nor while the next version of it is being written."""
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    shared = SharedPart.objects.get(visit=exchange.visit)
    if is_written:
        shared = perform(shared, "revise", by=parties.vop_coordinator)
    perform(exchange.visit, "change_dates", by=parties.vop_coordinator, fields={"city": "Ghent"})
    shared.refresh_from_db()
    perform(shared, "submit", by=parties.vop_coordinator)
    perform(shared, "validate_as_editorial", by=parties.so)
    own = OwnPart.objects.get(exchange=exchange)
    assert own.state == "ready"
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(own, "validate_as_editorial", by=parties.so)
    assert [gap.name for gap in refusal.value.unmet] == ["substance_unchanged"]


def test_another_title_of_the_visit_keeps_the_signatures() -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    perform(exchange.visit, "change_dates", by=parties.vop_coordinator, fields={"title": "Looms"})
    shared = perform(SharedPart.objects.get(visit=exchange.visit), "revise", by=parties.vop_coordinator)
    perform(shared, "submit", by=parties.vop_coordinator)
    perform(shared, "validate_as_editorial", by=parties.so)
    assert OwnPart.objects.get(exchange=exchange).state == "signed"


@pytest.mark.parametrize("is_signed", [False, True])
def test_other_agreed_dates_begin_new_versions(is_signed: bool) -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    on = lifecycle.visit(match, parties.vop_coordinator, last_day=LAST + timedelta(days=2))
    made = lifecycle.exchange(match, on, parties.vop_coordinator, planned_start=FIRST, planned_end=LAST)
    exchange = perform(made, "prepare", by=parties.vop_coordinator)
    exchange = (lifecycle.signed_documents if is_signed else lifecycle.validated_documents)(parties, exchange)
    figures = {"sector": None, "lump_sum": exchange.agreed_lump_sum}
    perform(exchange, "set_agreed", by=parties.vop_coordinator, start=FIRST, end=LAST + timedelta(days=1), **figures)
    exchange = Exchange.objects.get(pk=exchange.pk)
    assert (exchange.own_part.state, exchange.own_part.version) == ("draft", 2)
    assert (exchange.agreement.state, exchange.agreement.version) == ("draft", 2)
    assert SharedPart.objects.get(visit=on).state == "validated"


def test_the_same_figures_void_nothing() -> None:
    parties = usual_parties()
    exchange = lifecycle.set_ready(parties, lifecycle.signed(parties))
    assert Exchange.objects.get(pk=exchange.pk).own_part.state == "signed"


def test_what_is_ready_stays_ready_when_dates_change() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    own = lifecycle.submitted_own_part(parties, exchange)
    perform(exchange.visit, "change_dates", by=parties.vop_coordinator, fields={"last_day": LAST + timedelta(days=1)})
    figures = {"sector": None, "lump_sum": exchange.agreed_lump_sum}
    perform(exchange, "set_agreed", by=parties.vop_coordinator, start=FIRST, end=LAST + timedelta(days=1), **figures)
    own.refresh_from_db()
    assert (own.state, own.version) == ("ready", 1)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"title": "Autumn visit"}, "validated"),
        ({"city": "Ghent"}, "draft"),
        ({"time_zone": "Europe/Paris"}, "draft"),
        ({"places": 4}, "draft"),
        ({"last_day": LAST + timedelta(days=1)}, "draft"),
    ],
)
def test_another_frame_begins_a_new_shared_version(fields: dict[str, object], state: str) -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    perform(Visit.objects.get(pk=exchange.visit_id), "change_dates", by=parties.vop_coordinator, fields=fields)
    shared = SharedPart.objects.get(visit=exchange.visit_id)
    own = OwnPart.objects.get(exchange=exchange)
    assert (shared.state, own.state) == (state, "signed" if state == "validated" else "ready")


def test_back_in_draft_what_was_ready_is_written_again() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    lifecycle.submitted_own_part(parties, exchange)
    lifecycle.submitted_agreement(parties, exchange)
    perform(exchange, "back_to_draft", by=parties.so, reason="Too early")
    exchange = Exchange.objects.get(pk=exchange.pk)
    assert (exchange.own_part.state, exchange.agreement.state) == ("returned", "returned")
    perform(
        exchange.own_part, "edit", by=parties.vo, version_read=exchange.own_part.row_version, fields={"outcomes": "New"}
    )
    with pytest.raises(RequirementsUnmet):
        perform(exchange.own_part, "submit", by=parties.vop_coordinator)


def test_a_draft_with_signatures_is_not_deleted() -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    perform(exchange, "back_to_draft", by=parties.so, reason="Too early")
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(exchange, "delete_draft", by=parties.vop_coordinator)
    assert [gap.name for gap in refusal.value.unmet] == ["nothing_signed"]


def test_a_draft_with_unsigned_versions_is_deleted() -> None:
    parties = usual_parties()
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    own = exchange.own_part
    perform(own, "revise", by=parties.vop_coordinator)
    perform(own, "submit", by=parties.vop_coordinator)
    perform(own, "validate_as_editorial", by=parties.so)
    perform(exchange, "back_to_draft", by=parties.so, reason="Too early")
    perform(exchange, "delete_draft", by=parties.vop_coordinator)
    assert (Exchange.objects.count(), DocumentVersion.objects.count()) == (0, 0)


@pytest.mark.parametrize("step", ["ready", "ongoing"])
def test_everything_is_locked_from_ready_on(step: str) -> None:
    parties = usual_parties()
    exchange = Exchange.objects.get(pk=getattr(lifecycle, step)(parties).pk)
    for part in (exchange.own_part, exchange.visit.shared_part, exchange.agreement):
        with pytest.raises(RequirementsUnmet):
            perform(part, "revise", by=parties.vop_coordinator)
    with pytest.raises(RequirementsUnmet):
        perform(exchange.visit, "change_dates", by=parties.vop_coordinator, fields={"city": "Ghent"})
    with pytest.raises(RequirementsUnmet):
        perform(exchange.visit.shared_part, "remark", by=parties.hop_coordinator, text="Late")
