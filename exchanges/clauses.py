"""The text of a document's clauses: headings, clauses, placeholders.

    ## Heading
    **Title.** Text of a clause, with {placeholders}.

Blocks are parted by an empty line. A block that begins with `##` is a heading; every other one is a clause, and its
title is what stands in `**` at its beginning. Clauses are numbered under each heading by the document.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchanges.enums import ClauseKind

_COMMITMENT = frozenset({"host_country", "report_days", "follow_up_months", "reference"})
PLACEHOLDERS: dict[str, frozenset[str]] = {
    ClauseKind.CTQ_PHYSICAL: _COMMITMENT,
    ClauseKind.CTQ_VIRTUAL: _COMMITMENT,
    ClauseKind.FA: frozenset(
        {
            "reference",
            "ctq_reference",
            "far_reference",
            "host_country",
            "seat_country",
            "law_country",
            "court_city",
            "report_days",
            "payment_working_days",
            "evidence_kinds",
        }
    ),
    ClauseKind.FAR: frozenset({"reference", "host_country"}),
    ClauseKind.FUNDING: frozenset({"grant_agreement_number"}),
    ClauseKind.DISCLAIMER: frozenset(),
}
"""What the clauses of each kind of document may name; its value comes from the exchange."""

ONE_PARAGRAPH = frozenset({ClauseKind.FUNDING, ClauseKind.DISCLAIMER})
"""Kinds that are one paragraph, without headings and titles."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_TITLED = re.compile(r"\*\*(.+?)\*\*\s*(.*)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One numbered clause; the title may be empty."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ClauseSection:
    """Clauses under one heading; the first may stand under none."""

    heading: str
    clauses: list[Clause]


def placeholders_of(kind: str) -> str:
    """What the clauses of this kind of document may name, as a list in words."""
    return ", ".join(map(_as_written, sorted(PLACEHOLDERS[kind]))) or _("none")


def _as_written(name: str) -> str:
    return f"{{{name}}}"


def text_problem(kind: str, text: str) -> str:
    """Why this can't be the text of these clauses, in a sentence; '' when it can."""
    if not text.strip():
        return _("Enter the text of the clauses.")
    if unknown := sorted(set(_PLACEHOLDER.findall(text)) - PLACEHOLDERS[kind]):
        return _("Unknown placeholder: %(unknown)s. This document knows: %(known)s.") % {
            "unknown": ", ".join(map(_as_written, unknown)),
            "known": placeholders_of(kind),
        }
    if set("{}") & set(_PLACEHOLDER.sub("", text)):
        return _("A brace stands alone. Write placeholders as {name}.")
    return _shape_problem(kind, text)


def _shape_problem(kind: str, text: str) -> str:
    blocks = list(_blocks(text))
    if kind in ONE_PARAGRAPH:
        return "" if len(blocks) == 1 else _("Write one paragraph, without an empty line.")
    if empty := [section.heading for section in sections_of(text) if not section.clauses]:
        return _("No clause stands under the heading “%(heading)s”.") % {"heading": empty[0]}
    return ""


def sections_of(text: str) -> list[ClauseSection]:
    """The text as sections of clauses, placeholders as they are."""
    found: list[ClauseSection] = []
    for block in _blocks(text):
        if block.startswith("##"):
            found.append(ClauseSection(heading=block.lstrip("#").strip(), clauses=[]))
        else:
            found = found or [ClauseSection(heading="", clauses=[])]
            found[-1].clauses.append(_clause(block))
    return found


def fill_placeholders(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced. KeyError names one that has no value."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def _blocks(text: str) -> Iterator[str]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return (" ".join(block.split()) for block in re.split(r"\n\s*\n", plain) if block.strip())


def _clause(block: str) -> Clause:
    titled = _TITLED.fullmatch(block)
    return Clause(title=titled[1], text=titled[2]) if titled else Clause(title="", text=block)
