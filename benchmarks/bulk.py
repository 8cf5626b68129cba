"""A bulk action on 1,000 exchanges, 100 of which can't be done; a worker is killed in the middle and another goes on.

`BULK_ITEMS=200` takes another number. The exchanges are copies of one in preparation (`benchmarks.scaling.row_copies`),
and a tenth of them is cancelled before all of them are to be cancelled.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from cxc.bulk.models import BulkRun
    from tests.factories.parties import Parties

ITEMS = int(os.environ.get("BULK_ITEMS", "1000"))
WORKER = """
import django
django.setup()
from cxc.bulk import work
work.work_on({pk})
"""


def main(json_path: str | None = None) -> int:
    """0 when each item ended once, as the preview said. JSON: seconds of preview and run, and the numbers counted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings.testing")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    run = _run_on_copies()
    figures = {"items": run.items.count(), **_previewed(run), **_carried_out(run)}
    faults = _faults(run, figures)
    print(json.dumps(figures, indent=1))
    print("\n".join(faults) or "Each item ended once, as the preview said.")
    if json_path:
        Path(json_path).write_text(json.dumps({**figures, "faults": faults}, indent=1) + "\n")
    return 1 if faults else 0


def _run_on_copies() -> "BulkRun":
    """The run, not previewed yet; a tenth of its items is cancelled already."""
    from cxc.bulk import runs
    from cxc.bulk.actions import action_of
    from cxc.workflow import perform
    from exchanges.models import Exchange
    from tests.factories.parties import usual_parties
    from tests.scenarios import lifecycle

    parties = usual_parties()
    lifecycle.in_preparation(parties)
    _copy(parties)
    for exchange in Exchange.objects.order_by("pk")[9:ITEMS:10]:
        perform(exchange, "cancel", by=parties.so, reason="It fell through.")
    action = action_of("exchange-cancel")
    assert action is not None
    return runs.create_run(action, Exchange.objects.all(), by=parties.so)


def _copy(parties: "Parties") -> None:
    from benchmarks.scaling.row_copies import RowCopies
    from exchanges.models import Exchange, Visit
    from matching.models import Match
    from profiles.models import Organisation, Profile

    everything = (Organisation, Profile, Match, Visit, Exchange)
    RowCopies("bulk", {model: model._default_manager.all() for model in everything}).make(ITEMS - 1, numbered_from=0)


def _previewed(run: "BulkRun") -> dict[str, float]:
    began = time.monotonic()
    _end(_worker(run))
    return {"preview_s": round(time.monotonic() - began, 1)}


def _carried_out(run: "BulkRun") -> dict[str, Any]:
    """Confirmed; the first worker is killed by the system when a third is done, and a second one ends it."""
    from cxc.bulk import runs
    from cxc.bulk.models import BulkItem

    run.refresh_from_db()
    runs.confirm(run, "The host moved.")
    done = run.items.filter(outcome=BulkItem.Outcome.DONE)
    began = time.monotonic()
    first = _worker(run)
    while done.count() < ITEMS // 3 and first.poll() is None:
        time.sleep(0.1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    killed_at = done.count()
    _end(_worker(run))
    run.refresh_from_db()
    return {"run_s": round(time.monotonic() - began, 1), "done_when_killed": killed_at}


def _worker(run: "BulkRun") -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORKER.format(pk=run.pk)])


def _end(worker: subprocess.Popen[bytes]) -> None:
    if worker.wait():
        raise SystemExit("The worker failed.")


def _faults(run: "BulkRun", figures: dict[str, Any]) -> list[str]:
    """Adds what was counted to the figures; says what is not as it should be."""
    from cxc.bulk.models import BulkItem, RunStatus
    from cxc.comms.models import Mail
    from cxc.workflow.models import StateEvent

    done = run.items.filter(outcome=BulkItem.Outcome.DONE)
    skipped = run.items.filter(outcome=BulkItem.Outcome.SKIPPED)
    events = StateEvent.objects.filter(kind="exchanges.exchange", transition="cancel", reason="The host moved.")
    promised = sum(mail["count"] for mails in done.values_list("mails", flat=True) for mail in mails)
    mails = Mail.objects.filter(text__contains="The host moved.").count()
    figures |= {"done": done.count(), "skipped": skipped.count(), "events": events.count(), "mails": mails}
    expected = ITEMS - ITEMS // 10
    checks = {
        "The run is not finished.": run.status is RunStatus.FINISHED,
        "Not all that could be done was done.": done.count() == expected,
        "Something skipped has no reason.": all(skipped.values_list("sentences", flat=True)),
        "An item is neither done nor skipped.": done.count() + skipped.count() == ITEMS,
        "Not each item has its one event.": events.count() == events.values("thing_id").distinct().count() == expected,
        "The mails are not those of the preview.": mails == promised,
    }
    return [sentence for sentence, holds in checks.items() if not holds]
