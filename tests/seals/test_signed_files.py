"""A PDF of the portal that somebody signed elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cxc.core.refusals import Refused
from cxc.seals import signed_file_child as child
from cxc.seals.signed_files import certificate_of
from tests.files import PDF, pdf_of
from tests.seals.altered_files import ALTERATIONS, WHOLE_PAGE
from tests.seals.signing_software import signed, turned

ORIGINAL = pdf_of("A document")


def test_issuer_and_subject_of_the_last_signature_are_read(tmp_path: Path) -> None:
    first = signed(ORIGINAL, tmp_path)
    assert "A signer" in certificate_of(first, original=ORIGINAL).subject
    found = certificate_of(signed(first, tmp_path, who="Another signer"), original=ORIGINAL)
    assert "Another signer" in found.subject
    assert "Another signer" in found.issuer


@pytest.mark.parametrize("other", [PDF, b"", pdf_of("Another document")])
def test_another_file_is_refused(tmp_path: Path, other: bytes) -> None:
    with pytest.raises(Refused, match="This is not the PDF of this version"):
        certificate_of(other, original=ORIGINAL)


def test_what_has_no_signature_is_refused(tmp_path: Path) -> None:
    for content in (ORIGINAL, turned(ORIGINAL)):
        with pytest.raises(Refused, match="no signature"):
            certificate_of(content, original=ORIGINAL)


def test_what_was_changed_before_or_after_signing_is_refused(tmp_path: Path) -> None:
    for content in (signed(turned(ORIGINAL), tmp_path), turned(signed(ORIGINAL, tmp_path))):
        with pytest.raises(Refused, match="changed besides being signed"):
            certificate_of(content, original=ORIGINAL)


@pytest.mark.parametrize("altered", ALTERATIONS)
def test_what_reads_otherwise_than_it_was_made_is_refused(tmp_path: Path, altered: Callable[[bytes], bytes]) -> None:
    first = signed(altered(ORIGINAL), tmp_path)
    second = signed(altered(signed(ORIGINAL, tmp_path)), tmp_path, who="B")
    for content in (first, second):
        assert child.check(content, original=len(ORIGINAL)) == {"problem": child.CHANGED}


def test_a_signature_may_be_drawn_but_may_not_cover_the_page(tmp_path: Path) -> None:
    drawn = signed(ORIGINAL, tmp_path, drawn=(40, 40, 260, 120))
    assert "A signer" in certificate_of(drawn, original=ORIGINAL).subject
    with pytest.raises(Refused, match="changed besides being signed"):
        certificate_of(signed(ORIGINAL, tmp_path, drawn=WHOLE_PAGE), original=ORIGINAL)


def test_a_broken_signature_is_refused(tmp_path: Path) -> None:
    content = bytearray(signed(ORIGINAL, tmp_path))
    content[len(ORIGINAL) + 20] ^= 1
    with pytest.raises(Refused, match=r"not valid any more|can't be read"):
        certificate_of(bytes(content), original=ORIGINAL)


def test_what_is_no_pdf_after_the_original_is_refused() -> None:
    with pytest.raises(Refused, match=r"no signature|can't be read"):
        certificate_of(ORIGINAL + b"\n%%EOF rubbish", original=ORIGINAL)
