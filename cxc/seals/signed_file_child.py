"""Runs as a process of its own, one for each file: checks the signatures of a PDF that somebody signed elsewhere.

It gets a line of JSON (the size of the original, in bytes) and the bytes of the file, and answers with JSON: the issuer
and the subject of the last signature's certificate, or a word for what is wrong. It imports nothing of the portal and
is started by its path. It may take 2 GB.
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
    revisions = int(PdfFileReader(io.BytesIO(content[:original])).xrefs.total_revisions)
    signatures = [one for one in reader.embedded_regular_signatures if one.signed_revision >= revisions]
    if not signatures:
        return {"problem": UNSIGNED}
    statuses = [_status(one) for one in signatures]
    if not all(status.intact and status.valid for status in statuses):
        return {"problem": BROKEN}
    if not _covers_all(statuses[-1]) or not _only_adds_signatures(reader, revisions):
        return {"problem": CHANGED}
    certificate = signatures[-1].signer_cert
    return {
        "issuer": certificate.issuer.human_friendly[:MOST_TEXT],
        "subject": certificate.subject.human_friendly[:MOST_TEXT],
    }


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


# What a signature changes: of the catalogue, and of a page.
OF_CATALOGUE = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Version", "/Metadata"})
OF_PAGE = frozenset({"/Annots"})


def _only_adds_signatures(reader: Any, revisions: int) -> bool:
    """Whether what was added after the original's last revision are signatures, and what belongs to them.

    An object of the original may be written again only as it was, but for fields of signatures on a page and the form
    of the catalogue. What is new is reached through these.
    """
    old = reader.get_historical_resolver(revisions - 1)
    later = range(revisions, reader.xrefs.total_revisions)
    rewritten = {ref for revision in later for ref in reader.xrefs.explicit_refs_in_revision(revision)}
    known = [ref for ref in rewritten if reader.xrefs.get_historical_ref(ref, revisions - 1) is not None]
    known = [ref for ref in known if not _describes_file(reader, ref)]
    return all(_is_allowed(reader, old(ref), reader.get_object(ref)) for ref in known) and _signs_only(reader)


def _describes_file(reader: Any, ref: Any) -> bool:
    """Whether it is what programs write about a file: its producer, when it was changed."""
    named = (_raw(reader.trailer, "/Info"), _raw(reader.root, "/Metadata"))
    return any(getattr(one, "reference", None) == ref for one in named)


def _is_allowed(reader: Any, before: Any, after: Any) -> bool:
    """Whether an object of the original says the same, or otherwise only where a signature is added."""
    if _written(before) == _written(after):
        return True
    if isinstance(before, list) and isinstance(after, list):
        return _adds_fields(before, after)
    if not isinstance(before, dict) or not isinstance(after, dict) or hasattr(before, "data"):
        return False
    changed = {name for name in {*before, *after} if _written(_raw(before, name)) != _written(_raw(after, name))}
    kind = _value(before, "/Type")
    if kind == "/Catalog":
        return changed <= OF_CATALOGUE and not ("/AcroForm" in changed and "/AcroForm" in before)
    if kind == "/Page":
        annotations = _value(before, "/Annots") or [], _value(after, "/Annots") or []
        return changed <= OF_PAGE and _adds_fields(*annotations)
    return False


def _adds_fields(before: Any, after: Any) -> bool:
    """Whether a list of annotations begins as before and goes on with fields of signatures."""
    same = [_written(one) for one in _items(before)] == [_written(one) for one in _items(after)[: len(before)]]
    return same and all(_field_type(after[number]) == "/Sig" for number in range(len(before), len(after)))


def _items(found: Any) -> list[Any]:
    return [found.raw_get(number) for number in range(len(found))] if hasattr(found, "raw_get") else list(found)


def _field_type(field: Any) -> Any:
    """The type of a field; a widget may have it from its parent."""
    return _value(field, "/FT") or _value(_value(field, "/Parent") or {}, "/FT")


def _signs_only(reader: Any) -> bool:
    """Whether the form has fields of signatures only, and no other kind of form beside."""
    form = _value(reader.root, "/AcroForm") or {}
    fields = _value(form, "/Fields") or []
    return "/XFA" not in form and all(_field_type(fields[number]) == "/Sig" for number in range(len(fields)))


def _value(found: Any, name: str) -> Any:
    return found[name] if name in found else None  # noqa: SIM401 - `get` does not follow references


def _raw(found: Any, name: str) -> Any:
    return found.raw_get(name) if name in found else None


def _written(found: Any) -> bytes:
    """An object as it stands in a file."""
    stream = io.BytesIO()
    if found is not None:
        found.write_to_stream(stream, None)
    return stream.getvalue()


if __name__ == "__main__":
    main()
