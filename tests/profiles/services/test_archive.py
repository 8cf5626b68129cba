"""Stale drafts: archived, deleted; each job may run twice."""

from datetime import timedelta

import pytest

from cxc import clock, workflow
from cxc.access.scoped import PORTAL
from cxc.workflow import RequirementsUnmet, perform
from cxc.workflow.models import StateEvent
from profiles.models import Participation, Profile
from profiles.services import archive
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_archived_at_ninety_once() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    with clock.at(lifecycle.NOW + timedelta(days=89)):
        assert archive.archive_stale_drafts() == 0
    with clock.at(lifecycle.NOW + timedelta(days=90)):
        assert [archive.archive_stale_drafts(), archive.archive_stale_drafts()] == [1, 0]
    profile.refresh_from_db()
    assert profile.state == "archived"
    assert StateEvent.of(profile).filter(transition="archive_draft", side="portal").count() == 1


def test_the_portal_archives_no_draft_before_its_time() -> None:
    """Also where the job asks for it, because somebody may touch the draft in between."""
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    with clock.at(lifecycle.NOW + timedelta(days=89)), pytest.raises(RequirementsUnmet):
        perform(profile, "archive_draft", by=PORTAL)


def test_purged_after_a_hundred_and_eighty_days_more_if_never_submitted() -> None:
    parties = usual_parties()
    gone = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    kept = lifecycle.draft(parties.host, parties.hop, parties.ho, kind="host")
    perform(kept, "submit", by=parties.ho)
    perform(kept, "take_back", by=parties.ho)
    for profile, by in ((gone, parties.vo), (kept, parties.ho)):
        perform(profile, "archive_draft", by=by)
    with clock.at(lifecycle.NOW + timedelta(days=179)):
        assert archive.purge_archived() == 0
    with clock.at(lifecycle.NOW + timedelta(days=180)):
        assert [archive.purge_archived(), archive.purge_archived()] == [1, 0]
    assert list(Profile.objects.all()) == [kept]
    assert StateEvent.objects.filter(thing_id=gone.pk, transition="delete_for_good", to_state="deleted").count() == 1


def test_after_the_participations_last_day_what_is_not_under_way_is_archived() -> None:
    parties = usual_parties()
    running = lifecycle.in_preparation(parties).match.visiting_profile
    other = lifecycle.published(
        parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind="host", title="Another"
    )
    Participation.objects.update(last_day=clock.today())
    assert archive.archive_after_participation() == 0
    with clock.at(lifecycle.NOW + timedelta(days=1)):
        assert [archive.archive_after_participation(), archive.archive_after_participation()] == [1, 0]
    states = [Profile.objects.get(pk=pk).state for pk in (running.pk, other.pk)]
    assert states == ["published", "archived"]


def test_one_that_fails_stops_nobody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    parties = usual_parties()
    bad = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    good = lifecycle.draft(parties.host, parties.hop, parties.ho, kind="host")
    real = workflow.perform_as_system

    def fails_once(profile: Profile, transition: str) -> object:
        if profile.pk == bad.pk:
            raise RuntimeError("broken")
        return real(profile, transition)

    monkeypatch.setattr(archive, "perform_as_system", fails_once)
    with clock.at(lifecycle.NOW + timedelta(days=90)):
        assert archive.archive_stale_drafts() == 1
    assert Profile.objects.get(pk=good.pk).state == "archived"
