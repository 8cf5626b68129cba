"""A profile: started once, saved without overwriting, assigned with a reason, copied."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cxc import clock
from cxc.workflow import NotAllowed, Refused, RequirementsUnmet, Stale, perform
from profiles.enums import ProfileKind
from profiles.models import Participation, Profile
from profiles.services import assignment, profiles
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

VISITING = ProfileKind.VISITING


def start(parties: Parties, **others: object) -> profiles.Started:
    return profiles.start(
        organisation=parties.visitor, kind=VISITING, generation=people.generation(), by=parties.vo, **others
    )


def test_a_draft_is_resumed_instead_of_doubled() -> None:
    parties = usual_parties()
    first, second = start(parties), start(parties)
    assert (first.is_new, second.is_new) == (True, False)
    assert second.profile == first.profile
    assert [str(sector.pk) for sector in first.profile.own_sectors.all()] == [parties.visitor.sector_id]


def test_a_second_profile_must_be_meant() -> None:
    parties = usual_parties()
    published = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    with pytest.raises(profiles.Duplicate) as refusal:
        start(parties)
    assert refusal.value.others == [published]
    assert start(parties, start_anyway=True).is_new


def test_readers_and_others_start_nothing() -> None:
    parties = usual_parties()
    for by in (people.member(parties.visitor, "reader"), parties.ho, people.observer(), people.stranger()):
        with pytest.raises(NotAllowed):
            profiles.start(organisation=parties.visitor, kind=VISITING, generation=people.generation(), by=by)


def test_on_behalf_it_is_under_that_partnership() -> None:
    parties = usual_parties()
    made = profiles.start(
        organisation=parties.visitor, kind=VISITING, generation=people.generation(), by=parties.vop_coordinator
    ).profile
    assert made.partnership == parties.vop


def test_nothing_begins_when_no_participation_is_open() -> None:
    parties = usual_parties()
    with clock.at(lifecycle.NOW + timedelta(days=2000)), pytest.raises(RequirementsUnmet):
        start(parties)


def test_two_tabs_get_both_texts() -> None:
    parties = usual_parties()
    profile = start(parties).profile
    profiles.save(profile, by=parties.vo, version_read=1, fields={"motivation": "First"})
    with pytest.raises(Stale) as refusal:
        profiles.save(
            Profile.objects.get(pk=profile.pk), by=parties.vo, version_read=1, fields={"motivation": "Second"}
        )
    assert refusal.value.current.motivation == "First"
    assert Profile.objects.get(pk=profile.pk).motivation == "First"


def test_what_is_published_stays_complete() -> None:
    parties = usual_parties()
    profile = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    with pytest.raises(RequirementsUnmet):
        profiles.save(profile, by=parties.vo, version_read=1, fields={"motivation": ""})
    with pytest.raises(RequirementsUnmet):
        profiles.save(profile, by=parties.vo, version_read=1, fields={}, links={"types": []})
    saved = profiles.save(profile, by=parties.vo, version_read=1, fields={"motivation": "Better"})
    assert (saved.motivation, saved.types.count()) == ("Better", 2)


def test_a_profile_is_submitted_while_its_period_holds_the_working_days_asked() -> None:
    parties = usual_parties()
    today = lifecycle.NOW.date()  # a Monday
    over = lifecycle.draft(parties.visitor, parties.vop, parties.vo, available_to=today - timedelta(days=1))
    short = lifecycle.draft(
        parties.host, parties.hop, parties.ho, available_to=today + timedelta(days=1), working_days=3
    )
    for profile, by, sentence in (
        (over, parties.vo, "The period ended on 6 Sep 2026: choose later days."),
        (
            short,
            parties.ho,
            "From 7 Sep 2026 to 8 Sep 2026 there are 2 weekdays, fewer than the 3 working days asked for:"
            " choose a longer period, or ask for fewer working days.",
        ),
    ):
        with pytest.raises(RequirementsUnmet) as refusal:
            perform(profile, "submit", by=by)
        assert list(refusal.value.sentences) == [sentence]
    profiles.save(short, by=parties.ho, version_read=short.row_version, fields={"working_days": 2})
    assert perform(short, "submit", by=parties.ho).state == "submitted"


def test_a_published_profile_whose_period_is_over_can_be_edited_but_not_into_the_past() -> None:
    parties = usual_parties()
    profile = lifecycle.published(
        parties.visitor, parties.vop, parties.vo, parties.vop_coordinator, available_to=lifecycle.LAST
    )
    with clock.at(lifecycle.NOW + timedelta(days=60)):
        profiles.save(profile, by=parties.vo, version_read=profile.row_version, fields={"description": "Better."})
        edit = {"available_to": lifecycle.LAST + timedelta(days=1)}
        with pytest.raises(RequirementsUnmet) as refusal:
            profiles.save(profile, by=parties.vo, version_read=profile.row_version, fields=edit)
        assert list(refusal.value.sentences) == ["The period ended on 1 Oct 2026: choose later days."]
        profile.refresh_from_db()
        edit = {"available_to": lifecycle.LAST + timedelta(days=90)}
        profiles.save(profile, by=parties.vo, version_read=profile.row_version, fields=edit)
    assert profile.available_to == lifecycle.LAST + timedelta(days=90)


def test_sector_and_country_before_sector_before_country() -> None:
    parties = usual_parties()
    profile = start(parties).profile
    assert assignment.nearest_partnership(profile).partnership == parties.vop  # its seat is in Spain
    sector = people.partnership("BE", acronym="SECTOR")
    sector.sectors.set(["13"])
    assert assignment.nearest_partnership(profile).partnership == sector
    both = people.partnership("PT", acronym="BOTH")
    both.sectors.set(["13"])
    both.countries.set(["ES"])
    choice = assignment.nearest_partnership(profile)
    assert (choice.partnership, choice.why) == (
        both,
        "It works in your sector 13 Manufacture of textiles and in Spain.",
    )
    Participation.objects.filter(partnership=both).update(last_day=clock.today() - timedelta(days=1))
    assert assignment.nearest_partnership(profile).partnership == sector


def test_a_chosen_partnership_must_take_part() -> None:
    parties = usual_parties()
    profile = start(parties).profile
    Participation.objects.filter(partnership=parties.hop).update(last_day=clock.today() - timedelta(days=1))
    with pytest.raises(Refused):
        profiles.choose_partnership(profile, by=parties.vo, partnership=parties.hop)
    profiles.choose_partnership(profile, by=parties.vo, partnership=parties.vop)
    assert (profile.partnership, profile.partnership_why) == (parties.vop, "Chosen by the holder of the profile.")


def test_submitting_assigns_where_nobody_chose() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, None, parties.vo)
    profiles.submit(profile, by=parties.vo)
    assert (profile.state, profile.partnership) == ("submitted", parties.vop)
    assert profile.partnership_why == "Assigned by the portal: It works in Spain; none works in your sector."


def test_a_refused_submission_assigns_nothing() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, None, parties.vo, eligibility_declared=False)
    with pytest.raises(RequirementsUnmet):
        profiles.submit(profile, by=parties.vo)
    assert Profile.objects.get(pk=profile.pk).partnership is None


def test_a_copy_takes_the_texts_and_not_the_dates() -> None:
    parties = usual_parties()
    old = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    new = people.generation("next")
    Participation.objects.create(partnership=parties.vop, generation=new, last_day=new.last_day)
    made = profiles.copy(old, generation=new, by=parties.vo).profile
    assert (made.generation, made.state, made.copied_from_id, made.partnership) == (new, "draft", old.pk, parties.vop)
    assert (made.motivation, made.available_from, made.eligibility_declared) == (old.motivation, None, False)
    assert set(made.types.all()) == set(old.types.all())


def test_a_copy_overwrites_no_draft() -> None:
    parties = usual_parties()
    old = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    new = people.generation("next")
    Participation.objects.create(partnership=parties.vop, generation=new, last_day=new.last_day)
    there = profiles.start(organisation=parties.visitor, kind=VISITING, generation=new, by=parties.vo).profile
    profiles.save(there, by=parties.vo, version_read=1, fields={"motivation": "Mine"})
    again = profiles.copy(old, generation=new, by=parties.vo)
    assert (again.is_new, again.profile.motivation) == (False, "Mine")


def test_nobody_decides_on_their_own() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    perform(profile, "submit", by=parties.vo)
    own = replace(parties.vop_coordinator, organisations=frozenset({parties.visitor.pk}))
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(profile, "publish", by=own)
    assert [gap.name for gap in refusal.value.unmet] == ["not_own_organisation"]
