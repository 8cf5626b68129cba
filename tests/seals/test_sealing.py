"""Seals of PDFs: genuine, changed, added to; keys that expire, are exchanged, or are not there."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from cxc.comms.models import Mail
from cxc.core.refusals import Refused
from cxc.seals.checking import check_seal
from cxc.seals.expiry import warn_of_expiry
from cxc.seals.models import SealCertificate
from cxc.seals.sealing import seal
from cxc.seals.trial import TRIAL_NAME, trial_file
from tests.factories import people
from tests.seals.pdfs import pdfsig, pem_file, small_pdf, use_key
from tests.seals.timestamp_server import timestamp_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path: Path) -> Path:
    """A key of the test's own."""
    file = pem_file(tmp_path)
    use_key(settings, file)
    return file


@pytest.mark.pdf_tools
def test_a_sealed_file_is_genuine_for_the_portal_and_for_poppler(tmp_path: Path) -> None:
    sealed = seal(small_pdf(), reason="All parties have signed")
    found = check_seal(sealed.content)
    assert found is not None
    assert (found.is_genuine, found.certificate) == (True, sealed.certificate)
    assert found.sealed_at == sealed.sealed_at.replace(microsecond=0)
    said = pdfsig(sealed.content, tmp_path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said


@pytest.mark.pdf_tools
def test_a_time_stamp_server_makes_it_b_t(settings: Any, tmp_path: Path) -> None:
    with timestamp_server(tmp_path) as address:
        settings.TIMESTAMP_URL = address
        sealed = seal(small_pdf(), reason="All parties have signed")
    assert sealed.level == "B-T"
    found = check_seal(sealed.content)
    assert found is not None
    assert (found.is_genuine, found.certificate) == (True, sealed.certificate)
    assert "Signature is Valid" in pdfsig(sealed.content, tmp_path)


def test_a_time_stamp_server_that_does_not_answer_makes_no_seal(settings: Any) -> None:
    settings.TIMESTAMP_URL = "http://127.0.0.1:1/"
    with pytest.raises(OSError, match="time"):
        seal(small_pdf(), reason="All parties have signed")


def test_the_document_is_the_beginning_of_the_sealed_file() -> None:
    pdf = small_pdf()
    assert seal(pdf, reason="All parties have signed").content.startswith(pdf)


@pytest.mark.pdf_tools
def test_one_byte_changed_is_noticed(tmp_path: Path) -> None:
    content = bytearray(seal(small_pdf(), reason="All parties have signed").content)
    content[content.index(b"200")] = ord("3")
    found = check_seal(bytes(content))
    assert found is not None
    assert not found.is_intact
    assert "Signature is Valid" not in pdfsig(bytes(content), tmp_path)


def test_something_added_is_noticed() -> None:
    found = check_seal(seal(small_pdf(), reason="All parties have signed").content + b"\n% more")
    assert found is not None
    assert not found.is_genuine


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no PDF", small_pdf()])
def test_what_has_no_seal_or_is_no_pdf_has_none(content: bytes) -> None:
    assert check_seal(content) is None


def test_somebody_elses_seal_is_not_ours(settings: Any, tmp_path: Path) -> None:
    content = seal(small_pdf(), reason="All parties have signed").content
    SealCertificate.objects.all().delete()
    found = check_seal(content)
    assert found is not None
    assert (found.is_intact, found.certificate, found.is_genuine) == (True, None, False)


def test_older_seals_stay_genuine_when_the_key_is_exchanged(settings: Any, tmp_path: Path) -> None:
    first = seal(small_pdf(), reason="All parties have signed")
    settings.SEAL_KEY_FILE = settings.SEAL_CERTIFICATE_FILE = str(pem_file(tmp_path, "Another seal"))
    second = seal(small_pdf(), reason="All parties have signed")
    assert first.certificate != second.certificate
    assert all(found is not None and found.is_genuine for found in map(check_seal, (first.content, second.content)))


def test_a_seal_is_checked_at_its_own_moment() -> None:
    """Its certificate has expired since: the seal is genuine. It had not begun: it is not."""
    sealed = seal(small_pdf(), reason="All parties have signed")
    row, at = sealed.certificate, sealed.sealed_at
    SealCertificate.objects.filter(pk=row.pk).update(valid_until=at + timedelta(seconds=2))
    expired_since = check_seal(sealed.content)
    SealCertificate.objects.filter(pk=row.pk).update(valid_from=at + timedelta(seconds=1))
    not_yet = check_seal(sealed.content)
    assert expired_since is not None
    assert not_yet is not None
    assert (expired_since.is_genuine, not_yet.is_genuine) == (True, False)


@pytest.mark.parametrize(("starts", "lasts"), [(-10, 5), (5, 10)])
def test_nothing_is_sealed_with_a_certificate_that_is_not_valid_now(
    settings: Any, tmp_path: Path, starts: int, lasts: int
) -> None:
    file = pem_file(tmp_path, "Not now", starts=timedelta(days=starts), lasts=timedelta(days=lasts))
    settings.SEAL_KEY_FILE = settings.SEAL_CERTIFICATE_FILE = str(file)
    with pytest.raises(Refused, match="Set a key whose certificate is valid now"):
        seal(small_pdf(), reason="All parties have signed")


@pytest.mark.parametrize("content", [b"", b"nothing of the kind"])
def test_a_key_that_cannot_be_read_is_named(own_key: Path, content: bytes) -> None:
    own_key.write_bytes(content)
    with pytest.raises(Refused, match="CXC_SEAL_KEY_FILE"):
        seal(small_pdf(), reason="All parties have signed")


def test_a_certificate_of_another_key_is_refused(settings: Any, tmp_path: Path) -> None:
    settings.SEAL_CERTIFICATE_FILE = str(pem_file(tmp_path, "Another seal"))
    with pytest.raises(Refused, match="none of the certificates belongs to the key"):
        seal(small_pdf(), reason="All parties have signed")


def test_the_trial_key_is_made_once_and_says_what_it_is(settings: Any, tmp_path: Path) -> None:
    settings.SEAL_KEY_FILE = settings.SEAL_CERTIFICATE_FILE = ""
    settings.VAR_DIR = tmp_path
    together = [threading.Thread(target=trial_file, args=(tmp_path / "seal",)) for _ in range(4)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    first, second = seal(small_pdf(), reason="Trial"), seal(small_pdf(), reason="Trial")
    assert first.certificate == second.certificate
    assert (first.certificate.is_trial, first.certificate.is_self_made) == (True, True)
    assert TRIAL_NAME in first.certificate.subject
    assert [path.name for path in (tmp_path / "seal").iterdir()] == ["trial-seal.pem"]
    assert (tmp_path / "seal" / "trial-seal.pem").stat().st_mode & 0o077 == 0


def test_another_trial_key_keeps_the_seals_of_the_one_before(settings: Any, tmp_path: Path) -> None:
    settings.SEAL_KEY_FILE = settings.SEAL_CERTIFICATE_FILE = ""
    settings.VAR_DIR = tmp_path
    before = seal(small_pdf(), reason="Trial")
    call_command("seal_certificate", "--new-trial")
    after = seal(small_pdf(), reason="Trial")
    assert before.certificate != after.certificate
    found = check_seal(before.content)
    assert found is not None
    assert found.is_genuine


@pytest.mark.parametrize(("days", "steps"), [(91, 0), (90, 1), (31, 1), (30, 1), (7, 1), (-1, 1)])
def test_the_support_office_is_warned_once_a_step(settings: Any, tmp_path: Path, days: int, steps: int) -> None:
    people.support_office()
    lasts = timedelta(days=days + 40, hours=1)
    file = pem_file(tmp_path, "Ends soon", starts=timedelta(days=-40), lasts=lasts)
    settings.SEAL_KEY_FILE = settings.SEAL_CERTIFICATE_FILE = str(file)
    assert (warn_of_expiry(), warn_of_expiry()) == (steps, 0)
    assert Mail.objects.count() == steps
