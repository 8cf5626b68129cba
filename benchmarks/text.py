"""How well the fit's text criterion finds descriptions that are alike, beside TF-IDF, LSA and chance, on a file."""

import json
import os
from pathlib import Path
from typing import Any

import django


def main(json_path: str | None = None, file: str | None = None) -> int:
    """0 when all was measured. `file`: descriptions in the form that `docs/matching.md` tells.

    JSON: portal, tfidf, lsa and random, each with ndcg10 and its 95 % interval over the queries (ndcg10_95), the
    baselines also with the portal's lead (lead) and the interval of that, query by query (lead_95); queries, texts.
    """
    if file is None:
        raise SystemExit("./portal bench text needs --file FILE.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings.testing")
    django.setup()
    # Only now: the portal's score comes with its models.
    from benchmarks.quality.descriptions import measure, read

    figures = measure(read(Path(file)))
    print(f"{figures['texts']} texts, {figures['queries']} queries")
    for name in ("portal", "tfidf", "lsa", "random"):
        print(_line(name, figures[name]))
    if json_path:
        Path(json_path).write_text(json.dumps(figures, indent=2) + "\n")
    return 0


def _line(name: str, of: dict[str, Any]) -> str:
    low, high = of["ndcg10_95"]
    line = f"{name:8} nDCG@10 {of['ndcg10']:.4f} [{low:.4f}, {high:.4f}]"
    if "lead" not in of:
        return line
    low, high = of["lead_95"]
    return f"{line}  the portal's lead {of['lead']:+.4f} [{low:+.4f}, {high:+.4f}]"
