"""What somebody's signing software makes of a PDF: a signature with a certificate of its own, added to the file."""

from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from tests.seals.pdfs import pem_file


def signed(pdf: bytes, folder: Path, *, who: str = "A signer", drawn: tuple[int, int, int, int] | None = None) -> bytes:
    """The file with one more signature, by a certificate of this name, drawn in this rectangle of the first page."""
    file, output = str(pem_file(folder, who)), BytesIO()
    signer = SimpleSigner.load(file, file)
    field = SigFieldSpec(who, box=drawn) if drawn else None
    PdfSigner(PdfSignatureMetadata(field_name=who), signer, new_field_spec=field).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), output=output
    )
    return output.getvalue()


def turned(pdf: bytes) -> bytes:
    """The file with its first page turned, as an addition."""
    writer, output = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    page = writer.root["/Pages"]["/Kids"].raw_get(0).get_object()
    page["/Rotate"] = NumberObject(90)
    writer.update_container(page)
    writer.write(output)
    return output.getvalue()
