"""What it costs to seal a document, beside rendering it without one; and whether a hundred seals keep memory flat."""

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

PAIRS = int(os.environ.get("SEAL_PAIRS", "20"))
MANY = int(os.environ.get("SEAL_MANY", "100"))
MOST_MS = 1000
MOST_GROWTH_MB = 20


def main(json_path: str | None = None) -> int:
    """0 when sealing takes under a second and memory stays flat.

    JSON: documents[kind] with p50_ms of "rendered" and "sealed" and the sizes of both in bytes; memory with the
    resident MB of the process after warming up, in the middle and at the end of so many seals.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings.testing")
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        versions = _signed_versions()
        documents = {kind: _compare(version) for kind, version in versions.items()}
        memory = _memory(versions["ctq"])
        transaction.set_rollback(True)
    for kind, figures in documents.items():
        print(f"{kind}: {figures}")
    print(f"memory: {memory}")
    if json_path:
        figures = {"documents": documents, "memory": memory, "pairs": PAIRS, "seals": MANY}
        Path(json_path).write_text(json.dumps(figures, indent=1) + "\n")
    is_quick = all(figures["p50_ms"]["sealed"] <= MOST_MS for figures in documents.values())
    return 0 if is_quick and memory["growth_mb"] <= MOST_GROWTH_MB else 1


def _signed_versions() -> dict[str, Any]:
    """A Commitment to Quality and a Financial Agreement, their PDFs rendered, signed by all."""
    from cxc.workflow import perform
    from exchanges.enums import CTQ_PARTIES, FA_PARTIES
    from exchanges.models import DocumentVersion, SharedPart
    from exchanges.services import document_pdfs
    from tests.factories.parties import usual_parties
    from tests.scenarios import lifecycle

    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    lifecycle.submitted_shared_part(parties, exchange.visit)
    perform(SharedPart.objects.get(visit=exchange.visit_id), "validate", by=parties.so)
    perform(lifecycle.submitted_own_part(parties, exchange), "validate", by=parties.so)
    perform(lifecycle.submitted_agreement(parties, exchange), "validate", by=parties.so)
    found = {}
    for kind, signing in (("ctq", CTQ_PARTIES), ("fa", FA_PARTIES)):
        found[kind] = DocumentVersion.objects.get(exchange=exchange, kind=kind)
        document_pdfs.store_pdf(found[kind])
        lifecycle.sign(parties, found[kind], *signing)
    return found


def _compare(version: Any) -> dict[str, Any]:
    """Both in turn, so that what else the machine does weighs on both; the first of each is not counted."""
    from exchanges.services import document_pdfs, document_seals

    ways: dict[str, Callable[[], bytes]] = {
        "rendered": lambda: document_pdfs.render_pdf(version),
        "sealed": lambda: document_seals.sealed_pdf(version).content,
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    sizes: dict[str, int] = {}
    for turn in range(PAIRS + 1):
        for way, make in ways.items():
            began = time.perf_counter()
            sizes[way] = len(make())
            if turn:
                times[way].append((time.perf_counter() - began) * 1000)
    p50 = {way: round(statistics.median(found), 1) for way, found in times.items()}
    return {"p50_ms": p50, "bytes": sizes, "ratio": round(p50["sealed"] / p50["rendered"], 2)}


def _memory(version: Any) -> dict[str, Any]:
    from exchanges.services import document_seals

    resident = []
    for _ in range(MANY):
        document_seals.sealed_pdf(version)
        resident.append(_resident_mb())
    warm, middle, last = resident[MANY // 5], resident[MANY // 2], resident[-1]
    return {"warm_mb": warm, "middle_mb": middle, "last_mb": last, "growth_mb": round(last - warm, 1)}


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1024**2, 1)
