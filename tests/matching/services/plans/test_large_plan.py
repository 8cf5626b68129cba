"""“Match everyone” through the worker: 24 visitors and 9 hosts, or as many as PLAN_SIZE says.

`./portal bench assigning` says 500 and 200.
"""

import json
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from matching.enums import PlanScope, PlanStage
from matching.models import Match, Plan
from matching.services.plans import pending, submission
from profiles.models import Profile
from tests.factories.parties import usual_parties
from tests.matching import plan_factory
from tests.scenarios.bulk import bulk_profiles

# Committed, as for a worker: in a transaction that has written the ranking asks the database each time.
pytestmark = pytest.mark.usefixtures("committed_db", "now")
VISITORS, HOSTS = (int(number) for number in os.environ.get("PLAN_SIZE", "24x9").split("x"))


def test_everybody_is_matched_within_the_places_and_the_proposals_are_made() -> None:
    parties = usual_parties()
    bulk_profiles(parties, VISITORS, HOSTS)
    plan = plan_factory.requested(parties.so, PlanScope.EVERYBODY)
    making = timed(lambda: pending.process_plan(plan.pk))
    plan = Plan.objects.get(pk=plan.pk)
    assert (plan.stage, plan.visitors, plan.hosts) == (PlanStage.DRAFT, VISITORS + 1, HOSTS + 1)
    assert plan.progress_done == plan.progress_total == min(plan.visitors, plan.hosts)
    pairs = list(plan.pairs.values_list("visiting", "host"))
    places = dict(Profile.objects.values_list("pk", "places"))
    assert len({visiting for visiting, _host in pairs}) == len(pairs) == plan.greatest_pairs
    assert all(number <= places[host] for host, number in Counter(host for _visiting, host in pairs).items())
    assert plan.greatest_total >= plan.stable_total > 0
    submission.submit(plan, by=parties.so)
    proposing = timed(lambda: pending.process_plan(plan.pk))
    assert Match.objects.count() == len(pairs)
    note(making_s=making, proposing_s=proposing, pairs=len(pairs), total=round(plan.greatest_total, 1))


def timed(act: object) -> dict[str, float]:
    """Wall-clock seconds, and this process's CPU seconds (the database's are not in them)."""
    began, cpu_began = time.monotonic(), time.process_time()
    assert act()  # type: ignore[operator]
    return {"wall": round(time.monotonic() - began, 2), "cpu": round(time.process_time() - cpu_began, 2)}


def note(**figures: object) -> None:
    """For the benchmark, where it says a file."""
    if "PLAN_FIGURES" in os.environ:
        Path(os.environ["PLAN_FIGURES"]).write_text(json.dumps({"size": f"{VISITORS}x{HOSTS}", **figures}))
