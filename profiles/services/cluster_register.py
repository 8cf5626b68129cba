"""The register of clusters, imported by the Support Office from CSV.

Columns: name, country (ISO 3166 code) and, if there, city and website. A cluster is known by its name and
country: importing a file again changes nothing, and what a file leaves out stays in the register.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor
from cxc.core.folding import folded
from cxc.workflow import Refused
from cxc.workflow.unit_of_work import unit_of_work
from profiles.models import ClusterOrganisation, Country
from profiles.services.permissions import require_support_office

_MAX_LENGTHS = {"name": 200, "city": 100, "website": 200}


@dataclass(frozen=True)
class BadRow:
    """A row that can't be taken, with its line in the file and the reason."""

    line: int
    reason: str


@dataclass
class ImportResult:
    """What an import did, or would have done: nothing is written while `is_done` is False."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: list[BadRow] = field(default_factory=list)
    is_done: bool = False


@unit_of_work()
def import_clusters(content: bytes, *, by: Actor, skip_bad_rows: bool = False) -> ImportResult:
    """Take a CSV file into the register. With a bad row nothing is taken, unless the good ones alone are asked for.

    Refused when the file is no table of clusters at all.
    """
    require_support_office(by)
    result = ImportResult()
    good = list(_good_rows(_reader(content), result.bad))
    if result.bad and not skip_bad_rows:
        return result
    for row in good:
        _save_row(row, result)
    result.is_done = True
    return result


def _reader(content: bytes) -> csv.DictReader:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("The file is not UTF-8 text: save it as “CSV UTF-8”.")) from None
    first = next(iter(text.splitlines()), "")
    lines = io.StringIO(text, newline="")  # as csv wants it: an old Mac's line ends are line ends too
    reader = csv.DictReader(lines, delimiter=";" if first.count(";") > first.count(",") else ",")
    with _refuse_unreadable(reader):
        reader.fieldnames = [(name or "").strip().lower() for name in reader.fieldnames or []]
    if missing := {"name", "country"} - set(reader.fieldnames or []):
        raise Refused(_("The first line must name the columns; missing: %(what)s.") % {"what": ", ".join(missing)})
    return reader


@contextmanager
def _refuse_unreadable(reader: csv.DictReader) -> Iterator[None]:
    """Refused, with the line, where the file can't be read as a table: a cell of more than 128 kB, a torn quote."""
    try:
        yield
    except csv.Error:
        text = _("Line %(line)s can't be read: a cell is too long, or a quotation mark is not closed.")
        raise Refused(text % {"line": reader.line_num + 1}) from None


def _rows(reader: csv.DictReader) -> Iterator[dict[str, Any]]:
    with _refuse_unreadable(reader):
        yield from reader


def _good_rows(reader: csv.DictReader, bad: list[BadRow]) -> Iterator[dict[str, str]]:
    countries = set(Country.objects.values_list("pk", flat=True))
    seen: dict[tuple[str, str], int] = {}
    for raw in _rows(reader):
        row = {name: (raw.get(name) or "").strip() for name in ("name", "country", "city", "website")}
        row["country"] = row["country"].upper()
        key = (folded(row["name"]), row["country"])
        reason = _problem(row, raw, countries) or _duplicate_problem(seen.get(key))
        if reason:
            bad.append(BadRow(reader.line_num, reason))
            continue
        seen[key] = reader.line_num
        yield row


def _duplicate_problem(line: int | None) -> str:
    return _("The same cluster as in line %(line)s.") % {"line": line} if line else ""


def _problem(row: dict[str, str], raw: dict, countries: set[str]) -> str:
    """Why a row can't be taken; '' when it can."""
    if None in raw:
        return _("More cells than columns.")
    if not row["name"]:
        return _("The name is missing.")
    if row["country"] not in countries:
        return _("Unknown country “%(code)s”.") % {"code": row["country"]}
    if broken := [name for name in _MAX_LENGTHS if any(unicodedata.category(sign) == "Cc" for sign in row[name])]:
        return _("A control character or line break in: %(what)s.") % {"what": ", ".join(broken)}
    if too_long := [name for name, limit in _MAX_LENGTHS.items() if len(row[name]) > limit]:
        return _("Too long: %(what)s.") % {"what": ", ".join(too_long)}
    return _website_problem(row["website"])


def _website_problem(website: str) -> str:
    if not website:
        return ""
    try:
        URLValidator(schemes=["http", "https"])(website)
    except ValidationError:
        return _("“%(website)s” is no web address.") % {"website": website[:80]}
    return ""


def _save_row(row: dict[str, str], result: ImportResult) -> None:
    known = ClusterOrganisation.objects.named(row["name"], row["country"])
    if known is None:
        ClusterOrganisation.objects.create(
            name=row["name"], country_id=row["country"], city=row["city"], website=row["website"]
        )
        result.added += 1
        return
    changes = {name: row[name] for name in ("city", "website") if row[name] and row[name] != getattr(known, name)}
    if known.is_registered and not changes:
        result.unchanged += 1
        return
    for name, value in changes.items():
        setattr(known, name, value)
    known.is_registered = True
    known.save(update_fields=[*changes, "is_registered"])
    result.changed += 1
