"""The statistics as a PDF report: the page's tables and pictures as an official paper, made by a worker.

A report is kept for an hour under what it would print, so the same figures are made once, whoever asks, and a figure
that changed is another report. In English, like every document.
"""

import hashlib
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.serializers.json import DjangoJSONEncoder

from cxc import clock
from cxc.core import languages
from cxc.core.after_commit import hand_over
from cxc.documents import pdf
from reports.charts import with_style
from reports.filter_summary import filter_labels, filter_summary
from reports.pictures import Picture
from reports.statistics import Filters
from reports.statistics_sections import StatisticsSection, sections_of

TEMPLATE = "documents/statistics.html"
CACHE_SECONDS = 60 * 60
# So long a report may wait for its worker before it may be asked for anew.
REQUEST_SECONDS = 120
MAX_PENDING = 20
_LONG_TABLE = 26
_PENDING = "statistics-reports-waiting"
"""How many are asked for; forgotten after a while, so that a worker that died blocks nobody."""


@dataclass(frozen=True)
class ReportSection:
    """One table of the report, with its pictures. `is_long`: its table goes beneath them, over pages."""

    title: str
    message: str
    filter_summary: str
    ignored_filters: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    maps: tuple[Picture, ...]
    charts: tuple[Picture, ...]
    is_long: bool


@dataclass(frozen=True)
class ReportHead:
    """The day of the figures, and what they are of: generation, Partnership, modality, start."""

    dated: date
    filter_labels: tuple[str, ...]


class TooManyReportsError(Exception):
    """So many reports are waiting that no more are taken for now."""


class NoWorkerError(Exception):
    """No worker can be reached: the queue is away."""


def report_context(filters: Filters) -> dict[str, Any]:
    """What the report prints, in plain values."""
    with languages.english():
        return {
            "head": ReportHead(clock.today(), filter_labels(filters)),
            "filter_summary": filter_summary(filters),
            "sections": tuple(_report_section(section) for section in sections_of(filters)),
        }


def _report_section(section: StatisticsSection) -> ReportSection:
    pictures = [Picture(with_style(one.svg, _style()), one.heading, one.is_map) for one in section.pictures]
    table = section.table
    return ReportSection(
        table.caption,
        section.message,
        section.filter_summary,
        section.ignored_filters,
        table.columns,
        table.rows,
        tuple(picture for picture in pictures if picture.is_map),
        tuple(picture for picture in pictures if not picture.is_map),
        is_long=len(table.rows) > _LONG_TABLE or len(pictures) > 2 or len(table.columns) > 4,
    )


@cache
def _style() -> str:
    return (Path(settings.BASE_DIR) / "templates" / "documents" / "charts.css").read_text()


def key_of(context: dict[str, Any]) -> str:
    """The fingerprint of all that the report prints."""
    content = {**context, "head": asdict(context["head"]), "sections": [asdict(part) for part in context["sections"]]}
    return "statistics-report-" + hashlib.sha256(DjangoJSONEncoder(sort_keys=True).encode(content).encode()).hexdigest()


def cached_pdf(key: str) -> bytes | None:
    """The report's PDF, if it is made."""
    return caches["default"].get(key)


def request_report(key: str, context: dict[str, Any]) -> None:
    """Have a worker make it, once however often one asks. Raises TooManyReportsError or NoWorkerError."""
    if not caches["default"].add(f"{key}-asked", context, REQUEST_SECONDS):
        return
    if _count_request() > MAX_PENDING:
        _cancel_request(key)
        raise TooManyReportsError
    if not hand_over("reports.tasks.make_report", (key,), expires=REQUEST_SECONDS):
        _cancel_request(key)
        raise NoWorkerError


def _cancel_request(key: str) -> None:
    _uncount_request()
    caches["default"].delete(f"{key}-asked")


def render_report(key: str) -> bool:
    """Make what was asked for and keep it; False where nobody waits for it any more. About two seconds."""
    context = caches["default"].get(f"{key}-asked")
    if context is None:
        return False
    try:
        caches["default"].set(key, pdf.render(TEMPLATE, context), CACHE_SECONDS)
    finally:
        _uncount_request()
    return True


def _count_request() -> int:
    """How many wait with this one."""
    caches["default"].add(_PENDING, 0, REQUEST_SECONDS)
    try:
        return int(caches["default"].incr(_PENDING))
    except ValueError:  # forgotten in between
        return 1


def _uncount_request() -> None:
    with suppress(ValueError):  # nobody counts any more
        caches["default"].decr(_PENDING)
