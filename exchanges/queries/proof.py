"""What the public proof page says of a file or a code: whose it is, of which version, and how that stands.

It names documents and kinds of parties, never a person or an organisation. docs/proof.md.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from cxc.core.models import StoredFile
from cxc.documents import pages
from exchanges.documents.kinds import document_of
from exchanges.enums import ExchangeState, Party, SignatureMethod
from exchanges.models import DocumentVersion, Signature
from exchanges.rules import document_codes


class Outcome(StrEnum):
    """GENUINE: these very bytes are kept. CHANGED: a code of ours, but other bytes. CODE: asked by the code alone."""

    GENUINE = "genuine"
    CHANGED = "changed"
    CODE = "code"
    NOT_OURS = "not ours"


@dataclass(frozen=True)
class Proof:
    """The answer; all but the outcome says how the version stands that was found.

    file  the stored file that it is, byte for byte
    """

    outcome: Outcome
    version: DocumentVersion | None = None
    file: StoredFile | None = None

    @property
    def label(self) -> Any:
        return document_of(self.version.kind).label if self.version else ""

    @property
    def is_sealed_file(self) -> bool:
        return self.file is not None and self.version is not None and self.version.sealed_file == self.file

    @property
    def replaced_by(self) -> int | None:
        return self.version.replaced_by() if self.version else None

    @property
    def is_cancelled(self) -> bool:
        return self.version is not None and self.version.exchange.state == ExchangeState.CANCELLED

    @property
    def is_being_rewritten(self) -> bool:
        """Whether it stands in no version now: the next one is being written."""
        if self.version is None or self.replaced_by is not None:
            return False
        return document_of(self.version.kind).version_in_force(self.version.exchange) is None

    @property
    def signed_by(self) -> list[Any]:
        return [Party(party).label for party in self._parties(signed=True)]

    @property
    def to_be_signed_by(self) -> list[Any]:
        return [Party(party).label for party in self._parties(signed=False)]

    def _parties(self, *, signed: bool) -> list[str]:
        if self.version is None:
            return []
        unsigned = self.version.unsigned_parties()
        return [party for party in self.version.parties if (party in unsigned) is not signed]


NOT_OURS = Proof(Outcome.NOT_OURS)


def proof_of_hash(sha256: str) -> Proof:
    """What is known of the file with this SHA-256 (hexadecimal)."""
    for file in StoredFile.objects.filter(sha256=sha256.lower()):
        found = _versions().filter(Q(pdf=file) | Q(seal__file=file) | Q(signatures__in=_signed_elsewhere(file))).first()
        if found is not None:
            return Proof(Outcome.GENUINE, found, file)
    return NOT_OURS


def proof_of_code(code: str) -> Proof:
    """What is known of the version with this code, as it is printed."""
    found = _versions().filter(code=code).first() if code else None
    return NOT_OURS if found is None else Proof(Outcome.CODE, found)


def proof_of_file(content: bytes) -> Proof:
    """What is known of a file; one with other bytes is read, in a process of its own, for a code on its pages."""
    known = proof_of_hash(hashlib.sha256(content).hexdigest())
    if known.outcome == Outcome.GENUINE:
        return known
    by_code = (proof_of_code(code) for code in _codes_in(content))
    found = next((one.version for one in by_code if one.version is not None), None)
    return NOT_OURS if found is None else Proof(Outcome.CHANGED, found)


def _versions() -> Any:
    return DocumentVersion.objects.with_signatures().select_related(
        "pdf", "seal__file", "seal__certificate", "exchange__visit"
    )


def _signed_elsewhere(file: StoredFile) -> Any:
    return Signature.objects.filter(file=file, method=SignatureMethod.ELSEWHERE)


def _codes_in(content: bytes) -> list[str]:
    try:
        read = " ".join(pages.texts(content))
    except pages.PagesError:
        return []
    return list(dict.fromkeys(re.findall(document_codes.WITHIN_TEXT, read)))
