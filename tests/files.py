"""Tiny files to hand in, each one that can be opened."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter

from cxc.demo.scenarios.sample_files import one_line_pdf

PDF = one_line_pdf("A page to hand in")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a4944415478da6338010000"
    "ca00c9344227f30000000049454e44ae426082"
)
JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300281c1e231e19282321232d2b28303c64413c37373c7b58"
    "5d4964918099968f808c8aa0b4e6c3a0aadaad8a8cc8ffcbdaeef5ffffff9bc1fffffffaffe6fdfff8ffc0000b080008"
    "000801011100ffc40014000100000000000000000000000000000004ffc4001410010000000000000000000000000000"
    "0000ffda0008010100003f0073ffd9"
)


def pdf_of(*lines: str) -> bytes:
    """A PDF with a page for each line."""
    writer, written = PdfWriter(), BytesIO()
    for line in lines:
        writer.append(PdfReader(BytesIO(one_line_pdf(line))))
    writer.write(written)
    return written.getvalue()
