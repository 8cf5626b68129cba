"""How good the ranking is, on made-up worlds with hidden wishes: nDCG@10, recall@10, who is shown how often."""

import json
import os
import time
from pathlib import Path
from typing import Any

import django

METHODS = ("portal", "text_only", "structure_only", "random", "as_if_nobody_said")


def main(json_path: str | None = None) -> int:
    """0 when all was measured; an error where the score measured is not the portal's.

    FIT_TUNE=1 first looks for better weights, on seeds 1 to 50. FIT_SEEDS=n takes n seeds instead of fifty,
    FIT_SIZE=10x30 so many visitors and hosts.

    JSON: scenarios[name] with portal, text_only, structure_only, random (and, where holders say what matters,
    as_if_nobody_said), each with ndcg10, recall10, gini, their 95 % intervals (…_95) and that of the portal's lead;
    shares: each criterion's part of the points; weights, seeds, seconds, cpu_seconds.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings.testing")
    django.setup()
    # Only now: the portal's score comes with its models.
    from benchmarks.quality.runs import measure, tune
    from benchmarks.quality.scenarios import SCENARIOS
    from matching.fit.criteria import WEIGHTS

    began, cpu_began = time.monotonic(), time.process_time()
    number = int(os.environ.get("FIT_SEEDS", "50"))
    visitors, hosts = (int(size) for size in os.environ.get("FIT_SIZE", "60x200").split("x"))
    result: dict[str, Any] = {"weights": dict(WEIGHTS), "visitors": visitors, "hosts": hosts}
    if os.environ.get("FIT_TUNE"):
        result["tuned"] = tune(range(1, 1 + number), visitors, hosts)
        print(result["tuned"])
    seeds = range(51, 51 + number)
    result["seeds"] = [seeds[0], seeds[-1]]
    result["scenarios"] = {}
    for scenario in SCENARIOS:
        figures = result["scenarios"][scenario.name] = measure(scenario, seeds, visitors, hosts)
        print(_line(scenario.name, figures), flush=True)
    result["seconds"] = round(time.monotonic() - began, 1)
    result["cpu_seconds"] = round(time.process_time() - cpu_began, 1)
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return 0


def _line(name: str, figures: dict[str, Any]) -> str:
    said = [f"{name:28}"]
    for method in METHODS:
        if found := figures.get(method):
            low, high = found["ndcg10_95"]
            said.append(
                f"{method} {found['ndcg10']:.3f} [{low:.3f} {high:.3f}] r {found['recall10']:.2f} g {found['gini']:.2f}"
            )
    said.append(" ".join(f"{criterion} {share:.0%}" for criterion, share in figures["shares"].items()))
    return " | ".join(said)
