"""A key and certificate for trial use, made at the first start where no files are named. Its name says what it is."""

import os
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from cxc import clock

TRIAL_NAME = "ClusterXchange portal, TRIAL seal, not for production"
YEARS = 2
NAME = "trial-seal.pem"


def trial_file(folder: Path) -> Path:
    """The PEM file with key and certificate, made if there is none; of two processes one makes it, both read it."""
    path = folder / NAME
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, make_pem(TRIAL_NAME, clock.real_now(), timedelta(days=365 * YEARS)))
    return path


def set_aside_trial_file(folder: Path) -> None:
    """Keep the trial key under the moment of now, so that the next start makes another. Nothing where there is none."""
    path = folder / NAME
    if path.exists():
        path.rename(folder / f"trial-seal-until-{clock.real_now():%Y%m%dT%H%M%S}.pem")


def make_pem(name: str, valid_from: datetime, lasts: timedelta) -> bytes:
    """A new key (EC P-256) and a certificate that it has issued for itself, as one PEM text."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_from + lasts)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_for_signing(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    certificate = builder.sign(key, hashes.SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)


def _for_signing() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write_once(path: Path, content: bytes) -> None:
    """Written whole under another name and linked: a file that is there already stays."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            Path(path).hardlink_to(name)
    finally:
        Path(name).unlink()
