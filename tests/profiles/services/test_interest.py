"""Whether a holder is still interested: when it is asked, what counts as an answer, who is told that none came."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.core.models import SchemeSettings
from cxc.todo import items_for, reconcile, reminders
from cxc.workflow import RequirementsUnmet, perform
from profiles.enums import OrganisationRole
from profiles.models import Country, LastInterest, Participation, Profile
from profiles.services import interest, organisations, profiles
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ASKED, LATE = timedelta(days=60), timedelta(days=91)


def published_host(parties: Parties) -> Profile:
    return lifecycle.published(parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind="host")


def names(actor: Actor) -> list[str]:
    reconcile.work_off()
    return [item.name for item in items_for(actor)]


def shown_after(profile: Profile) -> timedelta | None:
    """How long after the beginning of the test interest was shown last; None where nobody is asked."""
    row = LastInterest.objects.filter(profile=profile).first()
    return None if row is None else row.shown_at - lifecycle.NOW


def test_the_holder_is_asked_after_sixty_days_and_its_partnership_thirty_days_later() -> None:
    parties = usual_parties()
    published_host(parties)
    with clock.at(lifecycle.NOW + ASKED - timedelta(minutes=1)):
        assert (names(parties.ho), names(parties.hop_coordinator)) == ([], [])
    with clock.at(lifecycle.NOW + ASKED):
        assert (names(parties.ho), names(parties.hop_coordinator)) == (["confirm_interest"], [])
    with clock.at(lifecycle.NOW + LATE):
        (item,) = items_for(parties.ho)
        assert (item.name, item.is_late) == ("confirm_interest", True)
        assert names(parties.hop_coordinator) == ["ask_whether_interested"]
        assert names(parties.vop_coordinator) == []


def test_one_mail_asks_and_one_reminds_however_often_the_job_runs() -> None:
    parties = usual_parties()
    profile = published_host(parties)
    reconcile.work_off()
    written = {}
    for days in (59, 60, 61, 75, 76, 77, 95, 130):
        with clock.at(lifecycle.NOW + timedelta(days=days)):
            written[days] = reminders.write_due()
            assert reminders.write_due() == 0
    assert [days for days, number in written.items() if number] == [60, 76]
    mail = Mail.objects.filter(key__startswith="reminder:confirm_interest:").latest("pk")
    assert mail.to_user == parties.ho.user
    assert f"/profiles/{profile.pk}/#interest" in mail.text
    assert "60 days" in mail.text


@pytest.mark.parametrize("days", [60, 91, 140])
def test_the_answer_yes_begins_the_time_anew(days: int) -> None:
    parties = usual_parties()
    profile = published_host(parties)
    with clock.at(lifecycle.NOW + timedelta(days=days)):
        perform(profile, "confirm_interest", by=parties.ho)
        assert (names(parties.ho), names(parties.hop_coordinator)) == ([], [])
        with pytest.raises(RequirementsUnmet):
            perform(profile, "confirm_interest", by=parties.ho)
    assert shown_after(profile) == timedelta(days=days)
    with clock.at(lifecycle.NOW + timedelta(days=days + 60)):
        assert names(parties.ho) == ["confirm_interest"]


def test_the_answer_no_ends_it() -> None:
    parties = usual_parties()
    profile = published_host(parties)
    with clock.at(lifecycle.NOW + LATE):
        perform(profile, "archive", by=parties.ho)
        assert "ask_whether_interested" not in names(parties.hop_coordinator)
    assert shown_after(profile) is None


def test_nobody_is_asked_sooner() -> None:
    parties = usual_parties()
    profile = published_host(parties)
    with clock.at(lifecycle.NOW + ASKED - timedelta(minutes=1)), pytest.raises(RequirementsUnmet):
        perform(profile, "confirm_interest", by=parties.ho)


def period_ends(profile: Profile, day: date) -> None:
    Profile.objects.filter(pk=profile.pk).update(available_to=day)


def participation_ends(profile: Profile, day: date) -> None:
    Participation.objects.filter(partnership=profile.partnership).update(last_day=day)


@pytest.mark.parametrize("ends", [period_ends, participation_ends])
def test_nobody_is_asked_or_told_when_it_can_meet_nobody_any_more(ends: Callable[[Profile, date], None]) -> None:
    parties = usual_parties()
    profile = published_host(parties)
    last = (lifecycle.NOW + LATE).date()
    ends(profile, last)
    with clock.at(lifecycle.NOW + LATE):
        assert names(parties.ho) == ["confirm_interest"]
        assert names(parties.hop_coordinator) == ["ask_whether_interested"]
    with clock.at(lifecycle.NOW + LATE + timedelta(days=1)):
        assert "confirm_interest" not in names(parties.ho)
        assert "ask_whether_interested" not in names(parties.hop_coordinator)
        with pytest.raises(RequirementsUnmet):
            perform(Profile.objects.get(pk=profile.pk), "confirm_interest", by=parties.ho)


def test_whoever_moves_the_organisation_to_another_country_for_it_is_interested() -> None:
    parties = usual_parties()
    profile = published_host(parties)
    with clock.at(lifecycle.NOW + LATE):
        organisations.change_identity(
            parties.host, by=parties.ho, reason="We moved.", version_read=1, country=Country.objects.get(pk="FR")
        )
    assert shown_after(profile) == LATE


def test_rows_are_locked_by_the_ids_of_their_organisations() -> None:
    assert "legal_name" not in str(LastInterest.objects.in_order().query)


def edit(profile: Profile, by: Actor) -> None:
    profile.refresh_from_db()
    profiles.save(profile, by=by, version_read=profile.row_version, fields={"title": "Anew"})


def test_an_edit_by_the_holder_counts_and_one_by_its_partnership_does_not() -> None:
    parties = usual_parties()
    profile = published_host(parties)
    with clock.at(lifecycle.NOW + LATE):
        edit(profile, parties.hop_coordinator)
        assert shown_after(profile) == timedelta(0)
        edit(profile, parties.ho)
        assert shown_after(profile) == LATE


def test_published_again_it_begins_anew() -> None:
    parties = usual_parties()
    profile = published_host(parties)
    with clock.at(lifecycle.NOW + timedelta(days=10)):
        perform(profile, "unpublish", by=parties.ho, reason="Wait.")
        assert not LastInterest.objects.exists()
        perform(profile, "submit", by=parties.ho)
        perform(profile, "publish", by=parties.hop_coordinator)
    assert shown_after(profile) == timedelta(days=10)


@pytest.mark.parametrize(("days", "counts"), [(0.5, False), (2, True), (59, True), (60, False), (91, False)])
def test_a_sign_in_counts_until_it_is_asked(days: float, counts: bool) -> None:
    """Afterwards only an answer or a deed does: whoever signs in to answer finds the question."""
    parties = usual_parties()
    profile = published_host(parties)
    later = timedelta(days=days)
    with clock.at(lifecycle.NOW + later):
        interest.renew_by_sign_in(people.user_of(parties.ho))
    assert shown_after(profile) == (later if counts else timedelta(0))


def test_a_sign_in_of_whom_may_not_act_for_it_says_nothing() -> None:
    parties = usual_parties()
    profile = published_host(parties)
    reader = people.member(parties.host, OrganisationRole.READER)
    with clock.at(lifecycle.NOW + timedelta(days=30)):
        for actor in (reader, parties.hop_coordinator, parties.vo):
            interest.renew_by_sign_in(people.user_of(actor))
    assert shown_after(profile) == timedelta(0)


def test_the_page_asks_and_one_click_answers() -> None:
    parties = usual_parties()
    profile = published_host(parties)
    address = profile.get_absolute_url()
    holder, coordinator = client_for(parties.ho), client_for(parties.hop_coordinator)
    assert 'id="interest"' not in holder.get(address).content.decode()
    with clock.at(lifecycle.NOW + LATE):
        page = holder.get(address).content.decode()
        assert "Are you still interested?" in page
        assert f"/transitions/profiles.profile/{profile.pk}/archive/" in page
        assert "Is its holder still interested?" in coordinator.get(address).content.decode()
        holder.post(f"/transitions/profiles.profile/{profile.pk}/confirm_interest/")
        assert 'id="interest"' not in holder.get(address).content.decode()
    assert shown_after(profile) == LATE


def test_a_profile_is_asked_about_once_and_reminded_of_after_the_question() -> None:
    parties = usual_parties()
    profile = published_host(parties)
    with pytest.raises(IntegrityError), transaction.atomic():
        LastInterest.objects.create(profile=profile, shown_at=clock.now())
    SchemeSettings.current()
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeSettings.objects.update(interest_reminder_days=30)
