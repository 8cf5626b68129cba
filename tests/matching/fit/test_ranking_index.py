"""The rows of the ranking, kept and made anew, for few and for many."""

from random import Random

import pytest
from django.db import connection

from matching.fit import ranking_index
from matching.models import RankingRow
from matching.services.profile_indexes import rebuild
from tests.factories import people
from tests.matching import random_profiles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def locks_held() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return cursor.fetchone()[0]


def test_many_at_once_take_one_lock_where_few_take_one_each(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [profile.pk for profile in random_profiles.create(Random(1), 12, people.partnership())]
    few = locks_held()
    monkeypatch.setattr(ranking_index, "BATCH_SIZE", 5)
    RankingRow.objects.all().delete()
    ranking_index.update(made)
    assert (few, locks_held()) == (13, 14)
    assert RankingRow.objects.filter(listed=True).count() == 12


def test_all_is_written_anew_though_names_have_changed_more_than_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO matching_namechange VALUES ('3'), ('4')")
        rebuild()
        cursor.execute("SELECT changed = pg_current_xact_id() FROM matching_namechange")
        assert cursor.fetchall() == [(True,)]


def test_rows_that_are_wrong_missing_or_too_many_are_found_and_put_right() -> None:
    wrong, missing, fine = [profile.pk for profile in random_profiles.create(Random(2), 3, people.partnership())]
    RankingRow.objects.filter(pk=wrong).update(working_days=99)
    RankingRow.objects.filter(pk=missing).delete()
    assert ranking_index.differing() == {wrong, missing}
    rebuild()
    assert ranking_index.differing() == set()
    assert set(RankingRow.objects.values_list("pk", flat=True)) == {wrong, missing, fine}
