"""Seals a PDF: an invisible electronic seal of the portal over the whole document (PAdES B-B, or B-T).

Call it in a task, never in a running event loop. Rule: docs/rules.md, Sealing.

pyHanko is imported where something is sealed or checked: it takes half a second, a third of the start of every process.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc import clock
from cxc.core.refusals import Refused
from cxc.seals.keys import SealKey, certificate_row, current_key
from cxc.seals.models import SealCertificate

if TYPE_CHECKING:
    from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper

FIELD = "Seal"
# No rectangle: something drawn after the pages were made would break their tags (PDF/UA).
INVISIBLE = (0, 0, 0, 0)
TIMESTAMP_SECONDS = 10


@dataclass(frozen=True)
class SealedPdf:
    """A PDF with the portal's seal. `sealed_at` in UTC, real time; `level` "B-B" or "B-T"."""

    content: bytes
    certificate: SealCertificate
    sealed_at: datetime
    level: str


def obstacle() -> str:
    """Why nothing can be sealed now, in a sentence that says what to do; "" where it can."""
    try:
        _refuse_invalid(current_key(), clock.real_now())
    except Refused as refusal:
        return str(refusal)
    return ""


def seal(pdf: bytes, *, reason: str) -> SealedPdf:
    """Seal the document. `reason` is what readers of PDFs show, in English.

    Refused where the key can't be read or its certificate is not valid now, with what to do.
    Two seals of the same document differ, so a document is sealed once and stored.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    key, now = current_key(), clock.real_now()
    _refuse_invalid(key, now)
    output = io.BytesIO()
    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason
    )
    timestamper = _timestamper()
    signer = PdfSigner(metadata, key.signer, timestamper=timestamper, new_field_spec=SigFieldSpec(FIELD, box=INVISIBLE))
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=output)
    return SealedPdf(output.getvalue(), certificate_row(key.certificate), now, "B-T" if timestamper else "B-B")


def _refuse_invalid(key: SealKey, now: datetime) -> None:
    if not key.is_valid_at(now):
        sentence = _(
            "Nothing is sealed: the certificate of the portal's seal is valid from %(first)s to %(last)s. "
            "Set a key whose certificate is valid now."
        )
        first, last = key.certificate.not_valid_before, key.valid_until
        raise Refused(sentence % {"first": date_format(first), "last": date_format(last)})


def _timestamper() -> "HTTPTimeStamper | None":
    from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper

    return HTTPTimeStamper(settings.TIMESTAMP_URL, timeout=TIMESTAMP_SECONDS) if settings.TIMESTAMP_URL else None
