"""A question begins: who answers it, who is told."""

import pytest

from cxc.comms.models import Mail
from cxc.workflow.models import StateEvent
from helpdesk.models import HelpRequest
from helpdesk.services.questions import ask_question, ask_question_as_visitor, confirm_question
from helpdesk.services.routing import partnership_for
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def mails_to() -> list[str]:
    return sorted(Mail.objects.filter(about_kind="helpdesk.helprequest").values_list("to_address", flat=True))


def test_on_a_record_the_asker_s_own_partnership_answers() -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    assert (partnership_for(parties.vo, match), partnership_for(parties.ho, match)) == (parties.vop, parties.hop)


def test_without_a_record_the_one_partnership_of_all_profiles_answers() -> None:
    parties = usual_parties()
    assert partnership_for(parties.vo, None) is None
    lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    assert partnership_for(parties.vo, None) == parties.vop
    lifecycle.draft(parties.visitor, parties.hop, parties.vo, kind="host")
    assert partnership_for(parties.vo, None) is None


def test_a_partnership_without_coordinators_leaves_it_to_the_support_office() -> None:
    parties = usual_parties()
    alone = people.partnership()
    lifecycle.draft(parties.visitor, alone, parties.vo)
    assert partnership_for(parties.vo, None) is None


@pytest.mark.parametrize("who", ["vop_coordinator", "so"])
def test_who_acts_for_no_organisation_asks_the_support_office(who: str) -> None:
    parties = usual_parties()
    assert partnership_for(getattr(parties, who), lifecycle.confirmed(parties)) is None
    assert partnership_for(people.stranger(), None) is None


def test_those_who_answer_are_written_to_with_the_text_and_the_record_is_named() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    made = ask_question(
        by=parties.vo, subject="When?", text="By when is it due?", about=profile, from_path="/profiles/1/"
    )
    assert (made.state, made.partnership, made.about_kind, made.about_id, made.about_label, made.acting_for) == (
        "open",
        parties.vop,
        "profiles.profile",
        profile.pk,
        str(profile),
        parties.visitor.legal_name,
    )
    assert mails_to() == [people.user_of(parties.vop_coordinator).email]
    mail = Mail.objects.get(about_kind="helpdesk.helprequest")
    assert "By when is it due?" in mail.text
    assert f"/help/questions/{made.pk}/" in mail.text
    assert (mail.subject, mail.reply_to) == (f"Question {made.number}: When?", "")


def test_events_name_the_number_and_never_the_subject() -> None:
    parties = usual_parties()
    made = ask_question(by=parties.vo, subject="About Maria Example", text="Well?")
    assert StateEvent.of(made).get().label == f"H{made.pk}"


def test_nobody_hears_of_a_visitor_s_question_before_the_address_is_confirmed() -> None:
    so = people.support_office()
    made = ask_question_as_visitor(name="Ana", email="ana@test.example", subject="Buy this", text="cheap loans")
    (mail,) = Mail.objects.filter(about_kind="helpdesk.helprequest")
    assert mail.to_address == "ana@test.example"
    assert made.visitor_path in mail.text
    assert "loans" not in mail.text + mail.html + mail.subject
    assert "Buy this" not in mail.text + mail.html + mail.subject
    confirm_question(made)
    assert (made.state, mails_to()) == ("open", ["ana@test.example", people.user_of(so).email])


def test_a_stranger_may_ask_too() -> None:
    made = ask_question(by=people.stranger(), subject="Where do I begin?", text="?")
    assert (made.state, made.partnership, made.acting_for) == ("open", None, "")
    assert HelpRequest.objects.visible_to(people.stranger()).count() == 0
