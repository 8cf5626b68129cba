"""The key that seals now, read from its files once and again when they change."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from asn1crypto import pem, x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509 import load_pem_x509_certificates
from django.conf import settings
from django.utils.translation import gettext as _

from cxc.core.refusals import Refused
from cxc.seals.models import SealCertificate
from cxc.seals.trial import TRIAL_NAME, trial_file

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner


class KeyUnreadable(Refused):
    """The files of the seal's key can't be used; the sentence says which and why."""


@dataclass(frozen=True)
class SealKey:
    """A private key with its certificate; `signer` is kept, because loading a key takes longer than sealing."""

    signer: "SimpleSigner"
    certificate: x509.Certificate

    @property
    def valid_until(self) -> datetime:
        return self.certificate.not_valid_after

    def is_valid_at(self, moment: datetime) -> bool:
        return bool(self.certificate.not_valid_before <= moment <= self.certificate.not_valid_after)


def current_key() -> SealKey:
    """The key of the settings, or the trial key. KeyUnreadable where the files are missing or don't fit."""
    key, certificate = _files()
    try:
        return _load(key, key.stat().st_mtime_ns, certificate, certificate.stat().st_mtime_ns)
    except (OSError, ValueError, TypeError) as error:
        sentence = _("The key of the portal's seal can't be read: %(problem)s. Check CXC_SEAL_KEY_FILE.")
        raise KeyUnreadable(sentence % {"problem": error}) from error


def certificate_row(certificate: x509.Certificate) -> SealCertificate:
    """Its row, written now if it is new."""
    values = {
        "subject": certificate.subject.human_friendly,
        "issuer": certificate.issuer.human_friendly,
        "pem": pem.armor("CERTIFICATE", certificate.dump()).decode(),
        "valid_from": certificate.not_valid_before,
        "valid_until": certificate.not_valid_after,
        "is_self_made": certificate.self_issued,
        "is_trial": certificate.subject.native.get("common_name") == TRIAL_NAME,
    }
    row, _made = SealCertificate.objects.get_or_create(fingerprint=certificate.sha256.hex(), defaults=values)
    return row


def _files() -> tuple[Path, Path]:
    if settings.SEAL_KEY_FILE:
        return Path(settings.SEAL_KEY_FILE), Path(settings.SEAL_CERTIFICATE_FILE or settings.SEAL_KEY_FILE)
    trial = trial_file(settings.VAR_DIR / "seal")
    return trial, trial


@lru_cache(maxsize=1)
def _load(key: Path, _key_changed: int, certificate: Path, _certificate_changed: int) -> SealKey:
    from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    private = load_pem_private_key(key.read_bytes(), settings.SEAL_KEY_PASSWORD.encode() or None)
    chain = load_pem_x509_certificates(certificate.read_bytes())
    own = next((one for one in chain if one.public_key() == private.public_key()), None)
    if own is None:
        raise ValueError(_("none of the certificates belongs to the key"))
    known = [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in chain]
    signer = SimpleSigner(
        known[chain.index(own)],
        translate_pyca_cryptography_key_to_asn1(private),
        SimpleCertificateStore.from_certs(known),
    )
    return SealKey(signer, known[chain.index(own)])
