"""Checks the seal of a PDF: whether it is the portal's, untouched, over the whole file, and valid when it was made."""

import io
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cxc.seals.models import SealCertificate
from cxc.seals.sealing import FIELD

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext

# It warns, at length, of each certificate whose issuer it is not told to trust: the portal trusts nobody.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.ERROR)


@dataclass(frozen=True)
class SealCheck:
    """What the seal of a file says.

    certificate   the portal's certificate that it was made with; None: of somebody else
    sealed_at     when, as the time-stamp or else the seal itself says (UTC)
    is_intact     not one byte that the seal covers has changed
    covers_all    it covers the whole file: nothing was added afterwards
    """

    certificate: SealCertificate | None
    sealed_at: datetime | None
    is_intact: bool
    covers_all: bool

    @property
    def was_valid(self) -> bool:
        """Whether the certificate was valid at the moment of sealing; today's date does not matter."""
        return bool(self.certificate and self.sealed_at and self.certificate.is_valid_at(self.sealed_at))

    @property
    def is_genuine(self) -> bool:
        return self.is_intact and self.covers_all and self.was_valid


def check_seal(pdf: bytes) -> SealCheck | None:
    """What the portal's seal in this file says; None where there is none or the file can't be read."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        found = _seal_of(PdfFileReader(io.BytesIO(pdf)))
        return None if found is None else _checked(found)
    except (PdfError, SigningError, SignatureValidationError, ValueError, KeyError, TypeError):
        return None


def _seal_of(reader: "PdfFileReader") -> "EmbeddedPdfSignature | None":
    return next((one for one in reader.embedded_signatures if one.field_name == FIELD), None)


def _checked(found: "EmbeddedPdfSignature") -> SealCheck:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    # Which certificates are the portal's own stands in the table; nobody else is asked, and nothing is fetched.
    status = validate_pdf_signature(found, _trusting_nobody(), _trusting_nobody())
    fingerprint = found.signer_cert.sha256.hex()
    return SealCheck(
        certificate=SealCertificate.objects.filter(fingerprint=fingerprint).first(),
        sealed_at=_moment(status),
        is_intact=status.intact and status.valid,
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    )


def _trusting_nobody() -> "ValidationContext":
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=[], allow_fetching=False)


def _moment(status: "PdfSignatureStatus") -> datetime | None:
    stamp = status.timestamp_validity
    moment = stamp.timestamp if stamp is not None and stamp.intact else status.signer_reported_dt
    return moment.astimezone(UTC) if moment else None
