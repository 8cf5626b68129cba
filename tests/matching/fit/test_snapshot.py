"""The snapshot is never stale: what is committed is in the next answer, what is not never gets in."""

from collections.abc import Callable, Iterator
from contextvars import copy_context
from datetime import UTC, date, datetime
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from django.db import OperationalError, connection, transaction

from cxc import clock
from cxc.workflow import perform
from matching.fit import database, ranked, snapshot, vocabulary
from matching.fit.fit import Fit
from matching.fit.reasons import explain
from matching.services import hidden_profiles, priorities
from matching.services.profile_indexes import update_indexes
from profiles.models import Profile, Topic
from profiles.services import profiles
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.matching import factories
from tests.scenarios.lifecycle import LAST

pytestmark = pytest.mark.usefixtures("committed_db", "now")


def shown_to(mine: Profile) -> list[int]:
    """From the copy, and the same as the database says."""
    found = snapshot.ranked(mine.pk)
    assert found is not None
    assert list(found) == list(database.ranked(mine.pk))
    return [fit.profile_id for fit in found]


def elsewhere(work: Callable[[], object]) -> None:
    """In another connection, to its end."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=copy_context().run, args=(run,))
    thread.start()
    thread.join()


def test_what_others_commit_is_in_the_next_answer() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    assert shown_to(visitor) == [host.pk]
    other, owner = factories.another_host(parties)
    assert shown_to(visitor) == [host.pk, other.pk]
    elsewhere(lambda: perform(Profile.objects.get(pk=host.pk), "unpublish", by=parties.ho, reason="Not this year."))
    assert shown_to(visitor) == [other.pk]
    languages = {"languages": ["fr"]}
    profiles.save(other, by=owner, version_read=other.row_version, fields=languages)
    elsewhere(lambda: priorities.set_priorities(visitor, by=parties.vo, languages="must"))
    assert shown_to(visitor) == []
    priorities.set_priorities(visitor, by=parties.vo, languages="nice")
    hidden_profiles.hide(profile=visitor, other=other, by=parties.vo)
    assert shown_to(visitor) == []


def test_a_list_in_which_nobody_is_left_says_what_keeps_them_away_and_what_to_relax() -> None:
    parties = usual_parties()
    visitor = factories.visiting(parties)
    factories.another_host(parties, country="ES")
    assert shown_to(visitor) == []
    assert snapshot.ranked(visitor.pk)[:10] == []  # type: ignore[index]
    response = client_for(parties.vo).get(f"/best-matches/{visitor.pk}/")
    page = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert "Nobody can be proposed at the moment." in page
    assert "Those that are in your own country: 1 (Organisation" in page
    assert "1 of them for this reason alone." in page


def test_a_period_that_ends_leaves_the_list_with_the_day_and_without_an_edit() -> None:
    parties = usual_parties()
    visitor, host = (
        factories.visiting(parties),
        factories.hosting(parties, available_from=date(2026, 9, 1), available_to=LAST),
    )
    (fit,) = snapshot.ranked(visitor.pk) or []
    assert (fit.days_common, fit.their_side.days) == (24, 24), "from today, 7 September, to the 30th"
    reasons = explain(visitor.pk, [fit])[host.pk]
    assert any(words.endswith("7 Sep to 30 Sep 2026.") for words in reasons.good), reasons.good
    for day, in_list in ((date(2026, 9, 28), [host.pk]), (date(2026, 9, 29), []), (date(2026, 10, 1), [])):
        with clock.at(datetime(day.year, day.month, day.day, 8, tzinfo=UTC)):
            assert shown_to(visitor) == in_list, "three working days are asked for"
            assert shown_to(host) == ([visitor.pk] if in_list else [])


def test_a_commit_that_was_under_way_when_the_copy_looked_is_seen_later() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    seen: list[list[int]] = []
    with transaction.atomic():
        perform(host, "unpublish", by=parties.ho, reason="Not this year.")
        elsewhere(lambda: seen.append(shown_to(visitor)))
        # Later numbers of transactions are done before this one.
        elsewhere(lambda: factories.another_visitor(parties))
        elsewhere(lambda: seen.append(shown_to(visitor)))
    assert seen == [[host.pk], [host.pk]]
    assert shown_to(visitor) == []


def test_what_is_undone_never_gets_into_the_copy() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    with transaction.atomic():
        perform(host, "unpublish", by=parties.ho, reason="Not this year.")
        assert snapshot.ranked(visitor.pk) is None
        assert list(ranked(visitor)) == []
        transaction.set_rollback(True)
    assert shown_to(visitor) == [host.pk]


def test_a_name_that_changes_is_in_the_next_sentence() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    topic = Topic.objects.get(pk="circular_design")

    def sentences() -> list[str]:
        return explain(visitor.pk, ranked(visitor))[host.pk].good

    visitor.seeks.set([topic])
    host.offers.set([topic])
    with transaction.atomic():
        update_indexes([visitor.pk, host.pk])
    assert "You seek, they offer: Circular design." in sentences()
    with transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(name="Round design")
        transaction.set_rollback(True)
    assert "You seek, they offer: Circular design." in sentences()
    with transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(name="Round design")
        elsewhere(lambda: factories.another_visitor(parties))
        seen: list[list[str]] = []
        elsewhere(lambda: seen.append(sentences()))
        assert "You seek, they offer: Circular design." in seen[0], "not committed"
    assert "You seek, they offer: Round design." in sentences()


def test_an_edit_locks_nobody_else_out() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    other, owner = factories.another_host(parties)
    with transaction.atomic():
        profiles.save(host, by=parties.ho, version_read=host.row_version, fields={"languages": ["fr"]})
        with_lock_timeout = {"languages": ["en", "fr"]}

        def edit() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            profiles.save(other, by=owner, version_read=other.row_version, fields=with_lock_timeout)
            assert shown_to(visitor) == [host.pk, other.pk]

        elsewhere(edit)
    assert Profile.objects.get(pk=other.pk).languages == ["en", "fr"]


def test_a_vocabulary_that_goes_while_the_copy_reads_it_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    copy = snapshot.RankingSnapshot()
    asked = copy._rows._fetch_changes

    def ask_and_lose(mine: int) -> Iterator[list]:
        found = list(asked(mine))
        vocabulary.refit()
        return iter(found)

    with monkeypatch.context() as patched:
        patched.setattr(copy._rows, "_fetch_changes", ask_and_lose)
        assert copy.ranked(visitor.pk) is None
    assert [fit.profile_id for fit in copy.ranked(visitor.pk) or []] == [host.pk]


def loaded_answer(copy: snapshot.RankingSnapshot, mine: Profile) -> list[Fit]:
    """The answer of a copy once its thread has loaded the rows."""
    ended = monotonic() + 60
    while (found := copy.ranked(mine.pk)) is None:
        assert monotonic() < ended
        sleep(0.01)
    return list(found)


def test_where_a_thread_loads_the_rows_nobody_waits_for_it() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    copy = snapshot.RankingSnapshot()
    copy.load_in_background()
    assert [fit.profile_id for fit in loaded_answer(copy, visitor)] == [host.pk]
    other, _owner = factories.another_host(parties)
    assert [fit.profile_id for fit in loaded_answer(copy, visitor)] == [host.pk, other.pk]
    vocabulary.refit()
    assert copy.ranked(visitor.pk) is None, "all is loaded anew, and the database answers meanwhile"
    assert loaded_answer(copy, visitor) == list(database.ranked(visitor.pk))


@pytest.mark.parametrize("error", [OperationalError("The server has gone."), ValueError("Rows of another length.")])
def test_a_load_that_failed_is_tried_again_after_a_pause(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    copy = snapshot.RankingSnapshot()
    failed = Event()

    def fail(_rows: object, _mine: int) -> None:
        failed.set()
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(snapshot._Rows, "load_changes", fail)
        copy.load_in_background()
        assert failed.wait(60)
        copy._loading.join(60)
        failed.clear()
        assert copy.ranked(visitor.pk) is None
        assert not failed.is_set(), "no question loads all rows again within the pause"
    copy._next_attempt = 0.0
    assert [fit.profile_id for fit in loaded_answer(copy, visitor)] == [host.pk]
