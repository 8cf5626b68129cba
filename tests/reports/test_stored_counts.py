"""Stored counts equal counting, whatever happens to what is counted."""

import json
from collections.abc import Callable
from decimal import Decimal
from threading import Event, Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Sum

from cxc import clock
from cxc.workflow import perform
from exchanges.models import Exchange
from profiles.models import ExchangeType, Organisation, Profile
from reports.models import CountedLive, CurrentCount, StoredCount
from reports.statistics import Filters, statistics
from reports.statistics.exchange_counts import count_exchanges, stored_exchange_counts
from reports.statistics.exchanges import exchange_figures
from reports.stored_counts import correct_counts, differing_counts, store_counts
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.reports.conftest import Small
from tests.scenarios import completion, lifecycle


def _figures(**filters: Any) -> tuple[Any, Any]:
    """What is stored, and what is counted."""
    chosen = Filters(**filters)
    return exchange_figures(stored_exchange_counts(chosen)), exchange_figures(count_exchanges(chosen))


def _assert_equal() -> None:
    """Stored and counted figures are the same for all filters, before and after the changes are stored."""
    for _ in ("counted live", "stored"):
        assert differing_counts() == 0
        for partnership in (None, *{one.vop for one in Exchange.objects.all()}):
            for modality in ("", "physical", "virtual"):
                stored, counted = _figures(partnership=partnership, modality=modality)
                assert json.dumps(stored) == json.dumps(counted)  # in the same order, too
        store_counts()
        assert not CountedLive.objects.exists()


def _cancel(small: Small) -> None:
    perform(small.grouped[1], "cancel", by=people.support_office(), reason="It rains.")


def _cancel_and_build_anew(small: Small) -> None:
    _cancel(small)
    store_counts()
    lifecycle.exchange(small.grouped[1].match, small.grouped[1].visit, people.support_office())


def _edit_days_and_type(small: Small) -> None:
    one, so = small.grouped[1], people.support_office()
    other = ExchangeType.objects.exclude(pk=one.type_id)[0]
    perform(one, "edit_planned_in_preparation", by=so, start=lifecycle.FIRST, end=lifecycle.LAST, type=other)


def _delete_draft(small: Small) -> None:
    Exchange.objects.filter(pk=small.draft.pk).delete()


def _other_country_of_the_host(small: Small) -> None:
    Organisation.objects.filter(pk=small.single.host.pk).update(country="DE")


def _other_partnership(small: Small) -> None:
    profiles = Profile.objects.filter(
        pk__in=[small.single.match.visiting_profile_id, small.single.match.host_profile_id]
    )
    profiles.update(partnership=small.grouped[0].vop)


def _many_at_once(small: Small) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE exchanges_exchange SET actual_working_days = 4, actual_start = planned_start + 40")
        cursor.execute("UPDATE matching_match SET initiated_by = 'so'")


def _undone(small: Small) -> None:
    with transaction.atomic():
        _cancel(small)
        transaction.set_rollback(True)


CHANGES = [
    _cancel,
    _cancel_and_build_anew,
    _edit_days_and_type,
    _delete_draft,
    _other_country_of_the_host,
    _other_partnership,
    _many_at_once,
    _undone,
]


@pytest.mark.parametrize("change", CHANGES)
def test_stored_counts_follow_every_change(small: Small, change: Callable[[Small], None]) -> None:
    _assert_equal()
    change(small)
    _assert_equal()


def test_a_whole_life_is_followed(db: None, now: None) -> None:
    """To the payment and back to its reopening, stored after each step, so that the next takes it out again."""
    parties = usual_parties()
    payment = completion.paid(parties)
    _assert_equal()
    assert _stored("paid") == {"single": (1, payment.paid_amount)}
    with clock.at(completion.AFTER):
        perform(payment, "unpay", by=parties.so, reason="A mistake.")
        _assert_equal()
        assert _stored("paid") == {}
        perform(Exchange.objects.get(), "reopen", by=parties.so, reason="A mistake.")
    _assert_equal()
    assert statistics(Filters())["exchanges"]["physical"]["by_state"]["ongoing"] == 1


def _stored(figure: str) -> dict[str, tuple[int, Decimal]]:
    rows = CurrentCount.objects.filter(figure=figure).values_list("value").annotate(Sum("number"), Sum("amount"))
    return {value: (number, amount) for value, number, amount in rows if number}


def test_parts_of_counts_are_merged_and_those_of_nothing_removed(small: Small) -> None:
    store_counts()
    _cancel(small)
    store_counts()
    keys = StoredCount.objects.values_list("figure", "generation_id", "modality", "partnership_id", "value")
    assert len(set(keys)) == len(keys) > 0
    assert not StoredCount.objects.filter(number=0).exists()
    assert store_counts() == 0


def test_the_check_names_and_corrects_what_differs(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    store_counts()
    wrong = StoredCount.objects.filter(figure="exchange_states")[0]
    StoredCount.objects.filter(pk=wrong.pk).update(number=wrong.number + 7)
    with pytest.raises(CommandError, match="1 counts differ"):
        call_command("stored_counts", check=True)
    assert correct_counts() == 1
    assert correct_counts() == 0
    call_command("stored_counts", check=True)
    assert "All stored counts equal" in capsys.readouterr().out
    _assert_equal()


@pytest.mark.usefixtures("committed_db")
def test_what_changes_while_counts_are_stored_waits_for_nobody_and_is_stored_later() -> None:
    """A job that runs beside an open transaction stores all but what that one changes."""
    with clock.at(lifecycle.NOW):
        exchange = lifecycle.in_preparation(usual_parties())
    store_counts()
    changed, stored = Event(), Event()

    def change() -> None:
        with transaction.atomic():
            Exchange.objects.filter(pk=exchange.pk).update(actual_working_days=9)
            changed.set()
            assert stored.wait(timeout=20)
        connection.close()

    other = Thread(target=change)
    other.start()
    assert changed.wait(timeout=20)
    assert (store_counts(), differing_counts()) == (0, 0)
    stored.set()
    other.join(timeout=20)
    assert differing_counts() == 0
    assert _figures()[0]["physical"]["by_working_days"] == {"9": 1}
    assert (store_counts(), differing_counts()) == (1, 0)


@pytest.mark.usefixtures("committed_db")
def test_two_jobs_at_once_store_everything_once() -> None:
    with clock.at(lifecycle.NOW):
        lifecycle.in_preparation(usual_parties())

    def work() -> None:
        store_counts()
        correct_counts()
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (store_counts(), differing_counts()) == (0, 0)
