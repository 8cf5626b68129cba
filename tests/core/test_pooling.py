"""What is held for longer than a statement, also where a pooler hands out connections by the transaction."""

import re
import time

import pytest
from django.db import connection

from cxc.core.pooling import advisory_lock, in_parts
from launch.paths import ROOT
from profiles.models import User
from tests.factories.parties import usual_parties

APPS = ("cxc", "profiles", "matching", "exchanges", "reports", "helpdesk", "public")
# What belongs to a connection rather than to a transaction.
OF_A_CONNECTION = re.compile(r"pg_(try_)?advisory_lock|\.iterator\(|\bLISTEN\b|SET SESSION|WITH HOLD|CREATE TEMP")
# State, oldest snapshot and transaction number of the connection that holds the lock.
HOLDER = """
SELECT state, backend_xmin, backend_xid FROM pg_stat_activity JOIN pg_locks USING (pid)
WHERE locktype = 'advisory' AND objid = %s
    AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
KNOWN = {"cxc/core/pooling.py"}  # `iterator` in a transaction


@pytest.mark.django_db
def test_a_lock_is_held_by_one_and_given_back() -> None:
    with advisory_lock(7, 1) as first, advisory_lock(7, 1) as second, advisory_lock(7, 2) as other:
        assert (first, second, other) == (True, False, True)
    with advisory_lock(7, 1) as again:
        assert again


@pytest.mark.django_db
def test_it_is_a_connection_of_its_own_that_holds_up_no_vacuum() -> None:
    with advisory_lock(8) as held:
        with connection.cursor() as cursor:
            cursor.execute(HOLDER, [8])
            assert cursor.fetchall() == [("idle in transaction", None, None)]
        with advisory_lock(8) as again:
            assert (held, again) == (True, False)


@pytest.mark.django_db
def test_an_error_in_the_work_gives_it_back() -> None:
    with pytest.raises(ZeroDivisionError), advisory_lock(9):
        raise ZeroDivisionError
    with advisory_lock(9) as again:
        assert again


@pytest.mark.django_db
def test_it_outlasts_the_servers_patience_with_idle_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    options = {**connection.settings_dict["OPTIONS"], "options": "-c idle_in_transaction_session_timeout=50"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    with advisory_lock(10):
        time.sleep(0.3)
        with advisory_lock(10) as again:
            assert not again


@pytest.mark.django_db
def test_rows_in_parts_are_all_rows() -> None:
    usual_parties()
    known = list(User.objects.order_by("pk").values_list("pk", flat=True))
    assert list(in_parts(User.objects.order_by("pk").values_list("pk", flat=True), 2)) == known
    before = len(connection.savepoint_ids)
    begun = in_parts(User.objects.order_by("pk"), 2)
    assert next(begun).pk == known[0]
    begun.close()
    assert len(connection.savepoint_ids) == before


def test_nothing_else_belongs_to_a_connection() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {match.group()}"
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for match in OF_A_CONNECTION.finditer(path.read_text())
        if str(path.relative_to(ROOT)) not in KNOWN and path.parent.name != "migrations"
    }
    assert found == set()
