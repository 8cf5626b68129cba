"""Who may sign is named, and different people can sign, before documents are validated."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from cxc.comms.models import Mail
from cxc.workflow import NotAllowed, Refused, RequirementsUnmet, perform
from cxc.workflow.availability import available_transition
from exchanges.documents import printed
from exchanges.enums import CTQ_PARTIES
from exchanges.models import Exchange, FinancialAgreement, OwnPart, SharedPart
from exchanges.rules.signatories import can_differ
from profiles.models import Membership, PartnershipMembership
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def names_nobody(parties: Parties, *signing_parties: str) -> None:
    """These parties take the right to sign from everybody."""
    if "ho" in signing_parties:
        Membership.objects.filter(organisation=parties.host).update(is_signatory=False)
    if "vo" in signing_parties:
        Membership.objects.filter(organisation=parties.visitor).update(is_signatory=False)
    bodies = {"vop": parties.vop, "hop": parties.hop}
    for party in {"vop", "hop"} & set(signing_parties):
        PartnershipMembership.objects.filter(partnership=bodies[party]).update(is_signatory=False)


def one_person_for_all_of_the_visitor(parties: Parties) -> Parties:
    """The visitor's owner is the only signatory of its Partnership too."""
    assert parties.vo.user is not None
    names_nobody(parties, "vop")
    PartnershipMembership.objects.create(
        partnership=parties.vop, user=parties.vo.user, role="reader", is_signatory=True
    )
    return parties


def test_host_and_its_partnership_name_signatories_before_the_shared_part_is_ready() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    names_nobody(parties, "ho", "hop")
    with pytest.raises(
        RequirementsUnmet, match=f"Name at least one person who may sign for {parties.host}, {parties.hop}"
    ):
        lifecycle.submitted_shared_part(parties, exchange.visit)
    people.member(parties.host, "reader", signs=True)
    people.coordinator(parties.hop, "reader", signs=True)
    shared = SharedPart.objects.get(visit=exchange.visit_id)
    assert perform(shared, "submit", by=parties.vop_coordinator).state == "ready"
    names_nobody(parties, "ho")
    with pytest.raises(RequirementsUnmet, match="may sign for"):
        perform(shared, "validate", by=parties.so)


def test_visitor_and_its_partnership_name_signatories_before_own_part_and_agreement() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    names_nobody(parties, "vo")
    for ready in (lifecycle.submitted_own_part, lifecycle.submitted_agreement):
        with pytest.raises(RequirementsUnmet, match=f"may sign for {parties.visitor}"):
            ready(parties, exchange)


@pytest.mark.parametrize(
    ("nobody", "who", "url"), [("vo", "Done by the visitor.", ""), ("vop", "", "/partnerships/{vop}/members/")]
)
def test_who_names_a_signatory_is_led_to_its_members_and_others_are_told_who(nobody: str, who: str, url: str) -> None:
    parties = usual_parties()
    own = OwnPart.objects.get(exchange=lifecycle.in_preparation(parties))
    names_nobody(parties, nobody)
    submit = available_transition(own, parties.vop_coordinator, "submit")
    assert submit is not None
    (missing,) = [one for one in submit.unmet if one.name == "visitor_signatories_named"]
    assert (missing.help.who, missing.help.url) == (who, url.format(vop=parties.vop.pk))


def test_different_people_have_to_be_able_to_sign() -> None:
    parties = one_person_for_all_of_the_visitor(usual_parties())
    exchange = lifecycle.in_preparation(parties)
    for ready in (lifecycle.submitted_own_part, lifecycle.submitted_agreement):
        with pytest.raises(RequirementsUnmet, match="Nobody signs one document for two bodies"):
            ready(parties, exchange)
    people.member(parties.visitor, "reader", signs=True)
    for document in (OwnPart.objects.get(exchange=exchange), FinancialAgreement.objects.get(exchange=exchange)):
        assert perform(document, "submit", by=parties.vop_coordinator).state == "ready"


def test_the_support_office_allows_one_person_and_the_document_prints_why() -> None:
    parties = one_person_for_all_of_the_visitor(usual_parties())
    exchange = lifecycle.in_preparation(parties)
    with pytest.raises(NotAllowed):
        perform(exchange, "allow_one_signatory", by=parties.vop_coordinator, reason="She leads both.")
    with pytest.raises(Refused, match="reason"):
        perform(exchange, "allow_one_signatory", by=parties.so)
    perform(exchange, "allow_one_signatory", by=parties.so, reason="She leads both.")
    version = lifecycle.validated_documents(parties, Exchange.objects.get(pk=exchange.pk)).own_part.current_version
    assert version is not None
    note = "The Support Office allowed one person to sign for several bodies on 7 September 2026: She leads both."
    signing = render_to_string("documents/parts/signatures.html", vars(printed.of_version(version)))
    assert note in signing
    signs_for_both = replace(parties, vop_coordinator=replace(parties.vop_coordinator, user=parties.vo.user))
    lifecycle.sign(signs_for_both, version, *CTQ_PARTIES)
    assert Exchange.objects.get(pk=exchange.pk).own_part.state == "signed"


def test_what_was_validated_before_one_person_was_allowed_becomes_a_new_version() -> None:
    parties = usual_parties()
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    one_person_for_all_of_the_visitor(parties)
    perform(exchange, "allow_one_signatory", by=parties.so, reason="She leads both.")
    fresh = Exchange.objects.get(pk=exchange.pk)
    assert (fresh.own_part.state, fresh.agreement.state) == ("draft", "draft")


def test_one_person_is_allowed_only_where_there_is_no_other() -> None:
    parties = usual_parties()
    with pytest.raises(RequirementsUnmet, match="different people can sign"):
        perform(lifecycle.in_preparation(parties), "allow_one_signatory", by=parties.so, reason="Simpler.")


def test_a_partnership_on_both_sides_counts_once() -> None:
    parties = usual_parties()
    parties = replace(parties, hop=parties.vop, hop_coordinator=parties.vop_coordinator)
    exchange = lifecycle.in_preparation(parties)
    assert lifecycle.validated_documents(parties, exchange).own_part.state == "validated"


@pytest.mark.parametrize("named", [True, False])
def test_the_mail_of_the_confirmed_match_says_who_has_to_name_a_signatory(named: bool) -> None:
    parties = usual_parties()
    if not named:
        names_nobody(parties, "vo", "hop")
    lifecycle.confirmed(parties)
    assert parties.ho.user is not None
    mail = Mail.objects.filter(to_user=parties.ho.user, subject__contains="confirmed").latest("pk")
    assert (f"{parties.visitor}, {parties.hop}." in mail.text, "may sign" in mail.text) == (not named, not named)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([], True),
        ([[1], [1]], False),
        ([[1, 2], [1]], True),
        ([[1, 2], [1, 2], [1, 2]], False),
        ([[1, 2, 3], [1], [1, 2]], True),
        ([[1], []], False),
    ],
)
def test_one_person_a_body_so_that_no_two_are_the_same(groups: list[list[int]], expected: bool) -> None:
    assert can_differ(groups) == expected
