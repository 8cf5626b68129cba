"""The mails that follow a transition of an exchange and of its documents."""

from typing import Any

import pytest
from django.apps import apps

from cxc.comms.models import Mail
from cxc.workflow import perform, registry, transitions_of
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def mails_after(act: Any) -> dict[str, Mail]:
    """The mails written by this, by address."""
    before = set(Mail.objects.values_list("pk", flat=True))
    act()
    return {mail.to_address: mail for mail in Mail.objects.exclude(pk__in=before)}


def test_a_preparation_is_told_to_all_but_who_began_it() -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    exchange = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    mails = mails_after(lambda: perform(exchange, "prepare", by=parties.vop_coordinator))
    assert sorted(mails) == sorted(actor.user.email for actor in (parties.vo, parties.ho, parties.hop_coordinator))
    assert {mail.subject for mail in mails.values()} == {f"The preparation has begun: {exchange}"}
    assert {(mail.about_kind, mail.about_id) for mail in mails.values()} == {("exchanges.exchange", exchange.pk)}


def test_a_request_to_cancel_reaches_both_partnerships_with_its_reason() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    mails = mails_after(lambda: perform(exchange, "ask_to_cancel", by=parties.vo, reason="Our engineer is ill."))
    assert sorted(mails) == sorted(actor.user.email for actor in (parties.vop_coordinator, parties.hop_coordinator))
    text = mails[parties.vop_coordinator.user.email].text
    assert "The reason given: Our engineer is ill." in text
    assert f"Done by {parties.visitor}." in text
    assert "The start waits for your answer." in text


def test_the_answer_to_it_reaches_visitor_and_host() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    perform(exchange, "ask_to_cancel", by=parties.vo, reason="Ill.")
    refused = mails_after(
        lambda: perform(exchange, "refuse_to_cancel", by=parties.vop_coordinator, reason="Send another.")
    )
    assert sorted(refused) == sorted([parties.vo.user.email, parties.ho.user.email])
    cancelled = mails_after(lambda: perform(exchange, "cancel", by=parties.hop_coordinator, reason="Strike."))
    assert sorted(cancelled) == sorted(actor.user.email for actor in (parties.vo, parties.ho, parties.vop_coordinator))


KINDS = ("exchange", "sharedpart", "ownpart", "financialagreement", "finalactivityreport", "evidence", "payment")


@pytest.mark.parametrize("kind", KINDS)
def test_notifications_follow_only_transitions_that_exist(kind: str) -> None:
    kind = f"exchanges.{kind}"
    known = set(transitions_of(apps.get_model(kind)))
    listening = {name for known_kind, name in registry._followers if known_kind == kind}
    assert listening - known == set()
    assert listening
