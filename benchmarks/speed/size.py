"""All that is measured at one size."""

import os
import time
from typing import Any

from django.db import connection
from django.test import Client

from benchmarks.speed.bulk_insert import one
from benchmarks.speed.loop import Loop
from benchmarks.speed.numpy_limit import InMemoryRanking
from benchmarks.speed.orm import Orm, load_texts
from benchmarks.speed.scheme import Scheme, build
from benchmarks.speed.timing import Way, in_turn, milliseconds, summed
from cxc import clock
from cxc.core.garbage import tune_garbage_collection
from matching.fit import database, ranked, ranking_index
from matching.fit.reasons import explain
from profiles.enums import OrganisationRole
from profiles.models import Membership, Profile, User

TOP = 10
ASKS = int(os.environ.get("MATCHING_ASKS", "100"))
# The slow ways ask less often where they take long: at most so many seconds for each.
SECONDS_EACH = 30.0
MONDAY = 730_122  # the ordinal of 3 January 2000, from which the limit counts days
TABLES = ("matching_rankingrow", "matching_rankingtext", "matching_vocabularyword")
Figures = dict[str, Any]


def portal(asker: int) -> list[tuple[int, float]]:
    """What a page of ten asks: the best ten and their reasons."""
    fits = ranked(asker, limit=TOP)
    explain(asker, fits)
    return [(fit.profile_id, fit.score) for fit in fits]


def select_one(_asker: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def measure(scheme: Scheme, hosts: int) -> Figures:
    """Everything at this number of hosts."""
    scheme.grow_to(hosts)
    found: Figures = {"build": {name: round(seconds, 2) for name, seconds in build()}}
    load_texts()
    memory, memory_s = _timed(lambda: InMemoryRanking(_today()))
    orm = Orm()
    loop, loop_s = _timed(lambda: Loop(orm))
    found["loaded_s"] = {"memory_limit": memory_s, "python_loop": loop_s}
    found["first_ask_ms"] = round(milliseconds(portal, scheme.visitors[0]), 1)
    found |= _asks(scheme, memory, orm, loop)
    del loop
    found |= _changes(scheme)
    found["size_mb"] = {table: round(one(f"SELECT pg_total_relation_size('{table}')") / 2**20, 1) for table in TABLES}
    found |= page(scheme.visitors[1])
    return found


def _asks(scheme: Scheme, memory: InMemoryRanking, orm: Orm, loop: Loop) -> Figures:
    askers = [visitor for visitor in scheme.visitors if ranked(visitor, limit=1)]
    ways: dict[str, Way] = {
        "portal_ms": portal,
        "portal_without_reasons_ms": lambda asker: ranked(asker, limit=TOP),
        "portal_by_database_ms": lambda asker: list(database.ranked(asker, limit=TOP)),
        "memory_limit_ms": memory.best,
        "floor_ms": select_one,
        "normalised_orm_ms": orm.best,
        "python_loop_ms": loop.best,
    }
    asks = {name: _affordable(way, askers[0]) for name, way in ways.items()}
    tune_garbage_collection()  # as a process that serves pages
    times = in_turn({name: (way, asks[name]) for name, way in ways.items()}, askers)
    found: Figures = {name: summed(of) for name, of in times.items()}
    limit = found["memory_limit_ms"]["p50"] + found["floor_ms"]["p50"]
    memory.today = _today()  # another one when the asks went on past midnight
    same = {"equal": (memory.best, len(askers)), "orm_equal": (orm.best, 3), "loop_equal": (loop.best, 3)}
    shares = [len(ranked(visitor)) / scheme.hosts for visitor in scheme.visitors[:20]]
    return found | {
        "ratio_to_limit_and_floor": round(found["portal_ms"]["p50"] / limit, 2),
        "admissible_share": round(sum(shares) / len(shares), 4),
        **{name: all(portal(a) == way(a) for a in askers[:number]) for name, (way, number) in same.items()},
    }


def _today() -> int:
    """The number that the limit gives the date in UTC."""
    return clock.today().toordinal() - MONDAY


def _affordable(way: Way, asker: int) -> int:
    """How many asks fit in the time for one way: a hundred but for the slow ones."""
    once = min(milliseconds(way, asker) for _ in range(2)) / 1000
    return max(2, min(ASKS, int(SECONDS_EACH / max(once, 1e-6))))


def _changes(scheme: Scheme) -> Figures:
    """What an edit costs, when its turn in the lists comes, and a thousand profiles at once."""
    hosts = list(Profile.objects.filter(kind="host").order_by("pk").values_list("pk", flat=True)[:1000])
    asker = scheme.visitors[0]
    edits, after = [], []
    for host in hosts[:: max(1, len(hosts) // 50)]:
        edits.append(milliseconds(ranking_index.update, [host]))
        after.append(milliseconds(portal, asker))
    return {
        "edit_ms": summed(edits),
        "ask_after_edit_ms": summed(after),
        f"keep_{len(hosts)}_ms": round(milliseconds(ranking_index.update, hosts)),
        f"ask_after_{len(hosts)}_ms": round(milliseconds(portal, asker), 1),
    }


def page(visitor: int) -> Figures:
    """The ranked list's first page, signed in as an owner, through Django's test client."""
    profile = Profile.objects.get(pk=visitor)
    user = User.objects.create_user(f"owner.{time.monotonic_ns()}@bench.example", "demo", full_name="An Owner")
    Membership.objects.create(organisation_id=profile.organisation_id, user=user, role=OrganisationRole.OWNER)
    client = Client()
    client.force_login(user)

    def get() -> None:
        answer = client.get(f"/best-matches/{visitor}/")
        if answer.status_code != 200:
            raise AssertionError(f"The page answered {answer.status_code}.")

    first = milliseconds(get)
    return {
        "first_page_first_call_ms": round(first, 1),
        "first_page_ms": summed([milliseconds(get) for _ in range(20)]),
    }


def _timed(make: Any) -> tuple[Any, float]:
    began = time.perf_counter()
    made = make()
    return made, round(time.perf_counter() - began, 2)
