"""What is owed on profiles, where it is not simply the next transition."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cxc import clock
from cxc.access.scoped import Actor
from cxc.todo import items_for, reconcile, reminders
from cxc.workflow import perform
from cxc.workflow.deadlines import Deadlines
from profiles.models import Generation, Participation, Profile
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def names(actor: Actor) -> list[str]:
    reconcile.work_off()
    return [item.name for item in items_for(actor)]


def reminders_now() -> list[str]:
    reconcile.work_off()
    return [reminder.owed.todo.code for reminder in reminders.due_now(Deadlines())]


def without_its_country(profile: Profile) -> None:
    """The Support Office takes the organisation's country out of the generation."""
    generation = Generation.objects.get(pk=profile.generation_id)
    generation.countries.remove(profile.organisation.country_id)
    reconcile.work_off()


def test_the_days_of_the_answer_are_those_at_the_seat_of_the_partnership() -> None:
    """At 22:30 UTC on a Monday it is Tuesday in Spain: the fifth working day after it is the next Tuesday."""
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    with clock.at(datetime(2026, 9, 7, 22, 30, tzinfo=UTC)):
        perform(profile, "submit", by=parties.vo)
    (item,) = items_for(parties.vop_coordinator)
    assert item.due == date(2026, 9, 15)
    with clock.at(datetime(2026, 9, 15, 21, 59, tzinfo=UTC)):
        assert [(item.is_late, item.days_left) for item in items_for(parties.vop_coordinator)] == [(False, 0)]
        assert names(parties.so) == []
    with clock.at(datetime(2026, 9, 15, 22, 0, tzinfo=UTC)):
        assert [(item.is_late, item.days_left) for item in items_for(parties.vop_coordinator)] == [(True, -1)]
        assert names(parties.so) == ["profile_stuck"]


def test_what_can_not_be_published_is_still_to_be_answered() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    perform(profile, "submit", by=parties.vo)
    without_its_country(profile)
    assert (names(parties.vo), names(parties.vop_coordinator)) == ([], ["accept_profile"])


def test_eligibility_that_can_not_be_confirmed_is_to_be_corrected_instead() -> None:
    parties = usual_parties()
    profile = _unconfirmed(parties)
    assert names(parties.vop_coordinator) == names(parties.so) == ["confirm_eligibility"]
    without_its_country(profile)
    assert names(parties.vop_coordinator) == names(parties.so) == ["correct_identity"]
    own = replace(parties.vop_coordinator, organisations=frozenset({parties.visitor.pk}))
    assert names(own) == []


def _unconfirmed(parties: Parties) -> Profile:
    profile = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    return perform(profile, "change_identity", by=parties.vo, reason="We grew.", changes={"kind": "support"})


def test_once_nobody_takes_profiles_a_draft_asks_for_nothing_and_its_holder_is_warned_all_the_same() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    day_75 = lifecycle.NOW + timedelta(days=75)
    with clock.at(day_75):
        assert (names(parties.vo), reminders_now()) == (["finish_draft"], ["finish_draft"])
    Participation.objects.filter(partnership=parties.vop).update(last_day=lifecycle.NOW.date())
    with clock.at(day_75):
        assert (names(parties.vo), reminders_now()) == ([], ["draft_archived"])
        Profile.objects.filter(pk=profile.pk).update(partnership=None)
        assert (names(parties.vo), reminders_now()) == (["finish_draft"], ["finish_draft"])


def test_a_draft_without_a_partnership_is_handled_by_the_days_of_its_organisation() -> None:
    parties = usual_parties()
    with clock.at(datetime(2026, 9, 7, 22, 30, tzinfo=UTC)):
        Profile.objects.filter(pk=lifecycle.draft(people.organisation("GR"), parties.vop, parties.so).pk).update(
            partnership=None
        )
        visiting = Profile.objects.get()
        holder = people.member(visiting.organisation)
    reconcile.work_off()
    (item,) = items_for(holder)
    assert item.due == date(2026, 12, 7)
