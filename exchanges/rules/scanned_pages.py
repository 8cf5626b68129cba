"""Which pages of a scan belong to which document: as people enter it, and as it is suggested to them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# On every page of a document as it was validated, at the top: "CTQ-CXC-00012 · version 2".
_REFERENCE = re.compile(r"\b([A-Z]+)\s*-\s*CXC\s*-\s*(\d+)\W{1,10}version\s+(\d+)", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")


@dataclass(frozen=True)
class Expected:
    """A document that may be in a scan.

    reference   as `reference_on` finds it on its pages
    page_count  of its PDF; None where that is not known
    """

    key: str
    reference: str
    page_count: int | None


@dataclass(frozen=True)
class Suggestion:
    """The pages of one document; `is_read`: its reference was read on them."""

    pages: str
    is_read: bool


def reference_of(prefix: str, exchange_id: int, version: int) -> str:
    """What `reference_on` answers for a page of this version."""
    return f"{prefix}-{exchange_id}-{version}"


def reference_on(text: str) -> str:
    """The document that a page says it belongs to; '' where it names none, or several."""
    found = {reference_of(kind.upper(), int(pk), int(version)) for kind, pk, version in _REFERENCE.findall(text)}
    return found.pop() if len(found) == 1 else ""


def suggest(documents: Sequence[Expected], texts: Sequence[str]) -> dict[str, Suggestion]:
    """By key: the pages that name the document; where no page names any, by the numbers of pages, in their order."""
    named = [reference_on(text) for text in texts]
    if any(named):
        return _by_reference(documents, named)
    return _by_page_count(documents, len(texts))


def _by_reference(documents: Sequence[Expected], named: Sequence[str]) -> dict[str, Suggestion]:
    """A page without a reference (a picture, a back) belongs to the document before it."""
    keys = {document.reference: document.key for document in documents}
    pages: dict[str, list[int]] = {}
    present = ""
    for number, reference in enumerate(named, start=1):
        present = reference or present
        if present in keys:
            pages.setdefault(keys[present], []).append(number)
    return {key: Suggestion(as_text(numbers), is_read=True) for key, numbers in pages.items()}


def _by_page_count(documents: Sequence[Expected], total: int) -> dict[str, Suggestion]:
    """As many pages as each document has, where they come to those of the scan; else as many for each."""
    counts = [document.page_count for document in documents]
    known = [count for count in counts if count is not None]
    if not documents:
        return {}
    if len(known) < len(counts) or sum(known) != total:
        if total % len(documents):
            return {}
        known = [total // len(documents)] * len(documents)
    found, first = {}, 1
    for document, count in zip(documents, known, strict=True):
        found[document.key] = Suggestion(as_text(range(first, first + count)), is_read=False)
        first += count
    return found


def as_text(numbers: Sequence[int]) -> str:
    """Numbers of pages as people write them: "1-4, 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def page_numbers(text: str, most: int) -> list[int]:
    """The pages that somebody wrote ("1-4, 9"), in that order; ValueError where they can't be read or do not exist."""
    numbers: list[int] = []
    for part in filter(None, re.split(r"[\s]*[,;][\s]*", text.strip())):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise ValueError(part)
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= most:
            raise ValueError(part)
        numbers += [number for number in range(first, last + 1) if number not in numbers]
    return numbers


def pages_given_twice(pages: Mapping[str, Sequence[int]]) -> dict[int, list[str]]:
    """The pages that more than one document has, with the keys of these."""
    owners: dict[int, list[str]] = {}
    for key, numbers in pages.items():
        for number in numbers:
            owners.setdefault(number, []).append(key)
    return {number: keys for number, keys in owners.items() if len(keys) > 1}
