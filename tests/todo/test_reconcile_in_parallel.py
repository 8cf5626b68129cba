"""Whoever writes at once, each in a connection of its own, or is killed: the to-do is what the declarations say."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextvars import copy_context
from datetime import date, timedelta
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.db import connection

from cxc.todo import reconcile
from cxc.todo.models import ReconcileRequest
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.models import Exchange, OwnPart
from tests.factories.parties import usual_parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.reconciles, pytest.mark.usefixtures("committed_db", "now")]


def test_twenty_writers_on_one_host_leave_the_right_items() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    others = [lifecycle.joined(with_another_visitor(parties), exchange.visit) for _ in range(4)]
    parts = [OwnPart.objects.get(exchange=one) for one in (exchange, *others)]
    reconcile.work_off()
    failed: list[Exception] = []
    work = [_writes(part, number, failed) for number in range(4) for part in parts]
    threads = [Thread(target=copy_context().run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, reconcile.all_differences(), ReconcileRequest.objects.exists()) == ([], [], False)


def _writes(part: OwnPart, number: int, failed: list[Exception]) -> Callable[[], None]:
    def run() -> None:
        try:
            with unit_of_work():
                OwnPart.objects.filter(pk=part.pk).update(objectives=f"{number}" if number % 2 else "")
                Exchange.objects.filter(pk=part.exchange_id).update(agreed_start=date(2026, 9, 28) + timedelta(number))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    return run


KILLED = """
import os, signal
import django
django.setup()
from cxc.todo import reconcile
derive = reconcile.reconcile
def killed_before_it_commits(keys):
    derive(keys)
    os.kill(os.getpid(), signal.SIGKILL)
reconcile.reconcile = killed_before_it_commits
reconcile.work_off()
"""


def test_a_worker_killed_between_deriving_and_committing_loses_nothing() -> None:
    lifecycle.in_preparation(usual_parties())
    OwnPart.objects.update(objectives="Weave.")
    Exchange.objects.update(agreed_start=date(2026, 9, 29))
    before = ReconcileRequest.objects.count()
    name = str(connection.settings_dict["NAME"])
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    worker = subprocess.run([sys.executable, "-c", KILLED], env=os.environ | {"DATABASE_URL": url}, check=False)
    assert (worker.returncode, ReconcileRequest.objects.count()) == (-signal.SIGKILL, before)
    assert reconcile.all_differences() != []
    reconcile.work_off()
    assert reconcile.all_differences() == []
