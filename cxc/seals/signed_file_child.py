"""Runs as a process of its own, one for each file: checks the signatures of a PDF that somebody signed elsewhere.

It gets a line of JSON (the size of the original, in bytes) and the bytes of the file, and answers with JSON: issuer,
subject and fingerprint of the last signature's certificate, or a word for what is wrong. It imports nothing of the
portal and is started by its path. It may take 2 GB.
"""

import io
import json
import logging
import sys
from contextlib import suppress
from typing import Any

MOST_BYTES = 2 * 1024**3
UNREADABLE, UNSIGNED, BROKEN, CHANGED = "unreadable", "unsigned", "broken", "changed"
MOST_TEXT = 300


def main() -> None:
    _limit_memory()
    logging.disable(logging.CRITICAL)
    order = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        answer = check(content, **order)
    except Exception:  # damaged files make readers fail in many ways
        answer = {"problem": UNREADABLE}
    sys.stdout.write(json.dumps(answer))


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def check(content: bytes, original: int) -> dict[str, str]:
    """Whether everything after the original only adds signatures, each intact, the last over the whole file."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(content))
    before = PdfFileReader(io.BytesIO(content[:original]))
    revisions = int(before.xrefs.total_revisions)
    if not _goes_on_from(reader, before):
        return {"problem": CHANGED}
    signatures = [one for one in reader.embedded_regular_signatures if one.signed_revision >= revisions]
    if not signatures:
        return {"problem": UNSIGNED}
    statuses = [_status(one) for one in signatures]
    if not all(status.intact and status.valid for status in statuses):
        return {"problem": BROKEN}
    if not _covers_all(statuses[-1]) or not _only_adds_signatures(reader, revisions, signatures):
        return {"problem": CHANGED}
    certificate = signatures[-1].signer_cert
    return {
        "issuer": certificate.issuer.human_friendly[:MOST_TEXT],
        "subject": certificate.subject.human_friendly[:MOST_TEXT],
        "sha256": certificate.sha256.hex(),
    }


def _goes_on_from(reader: Any, before: Any) -> bool:
    """Whether the file's first revisions are those of the original, and not others written behind it."""

    def places(one: Any) -> list[tuple[int, int]]:
        found = [one.xrefs.get_xref_container_info(number) for number in range(one.xrefs.total_revisions)]
        return [(info.start_location, info.end_location) for info in found]

    return places(reader)[: before.xrefs.total_revisions] == places(before)


def _status(signature: Any) -> Any:
    """Its validity; who issued the certificate is not judged, and nothing is fetched."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    def trusting_nobody() -> Any:
        return ValidationContext(trust_roots=[], allow_fetching=False)

    return validate_pdf_signature(signature, trusting_nobody(), trusting_nobody())


def _covers_all(status: Any) -> bool:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    return bool(status.coverage == SignatureCoverageLevel.ENTIRE_FILE)


# What one signature may cover of a page, in square points: an eighth of A4.
MOST_AREA = 595 * 842 / 8


def _only_adds_signatures(reader: Any, revisions: int, signatures: list[Any]) -> bool:
    """Whether everything after the original's last revision is one of these signatures or belongs to one.

    `pyhanko` compares the revisions. Beside that, each added field holds a signature, and none covers what is to read.
    """
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel

    found = _policy().review_file(reader, _with_form(reader.get_historical_resolver(revisions - 1)))
    if not isinstance(found, DiffResult) or found.modification_level > ModificationLevel.FORM_FILLING:
        return False
    fields = {one.field_name for one in signatures}
    return found.changed_form_fields <= fields and all(_is_small(one.sig_field) for one in signatures)


def _policy() -> Any:
    """What `pyhanko` lets be added to a file that is signed, where the first signature is one of the additions."""
    from pyhanko.sign.diff_analysis import (
        DEFAULT_DIFF_POLICY,
        FormUpdatingRule,
        SigFieldCreationRule,
        SigFieldModificationRule,
        StandardDiffPolicy,
    )

    may_change = frozenset({"/Fields", "/SigFlags", "/DR", "/DA"})
    form = FormUpdatingRule([SigFieldCreationRule(), SigFieldModificationRule()], ignored_acroform_keys=may_change)
    return StandardDiffPolicy(DEFAULT_DIFF_POLICY.global_rules, form)


def _with_form(revision: Any) -> Any:
    """A revision as it is read; the library wants a form there, so an empty one stands where there is none."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject

    if "/AcroForm" not in revision.root:
        revision.root[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject()})
    return revision


def _is_small(field: Any) -> bool:
    """Whether a field and its widgets are drawn on a small part of a page, or not at all."""
    kids = field["/Kids"] if "/Kids" in field else ()  # noqa: SIM401 - `get` does not follow references
    widgets = [field, *kids]
    return sum(_area(widget["/Rect"]) for widget in widgets if "/Rect" in widget) <= MOST_AREA


def _area(rectangle: Any) -> float:
    left, bottom, right, top = (float(number) for number in rectangle)
    return abs((right - left) * (top - bottom))


if __name__ == "__main__":
    main()
