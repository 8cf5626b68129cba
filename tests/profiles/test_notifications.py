"""Who learns by mail what becomes of a profile."""

import pytest

from cxc.comms.models import Mail
from cxc.workflow import perform
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def mails() -> list[tuple[str, str]]:
    found = list(Mail.objects.order_by("pk").values_list("to_address", "subject"))
    Mail.objects.all().delete()
    return found


def test_the_partnership_learns_of_a_submission_and_the_holder_of_the_answer() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    assert mails() == []
    perform(profile, "submit", by=parties.vo)
    assert mails() == [(parties.vop_coordinator.user.email, f"A profile to review: {profile}")]
    perform(profile, "send_back", by=parties.vop_coordinator, reason="Say <more> & better.")
    mail = Mail.objects.get()
    assert (mail.to_address, mail.subject) == (parties.vo.user.email, f"Your profile was sent back: {profile}")
    assert "The reason given: Say <more> & better." in mail.text


def test_nobody_is_told_what_they_did_themselves() -> None:
    parties = usual_parties()
    profile = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    mails()
    perform(profile, "unpublish", by=parties.vo, reason="Not now.")
    perform(profile, "archive_draft", by=parties.vo)
    assert mails() == [(parties.vop_coordinator.user.email, f"A profile is no longer published: {profile}")]
