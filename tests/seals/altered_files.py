"""What somebody could add to a document before signing it, so that it reads otherwise than the portal has made it."""

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

OTHER_TEXT = b"BT /F1 14 Tf 60 760 Td (Another sum) Tj ET"
WHOLE_PAGE = (0, 0, 595, 842)


def another_catalogue(pdf: bytes) -> bytes:
    """The trailer names another catalogue, whose page says something else."""
    writer = _writer(pdf)
    page = DictionaryObject(_page(writer))
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=OTHER_TEXT))
    kids = ArrayObject([writer.add_object(page)])
    pages = _named(Type=NameObject("/Pages"), Count=NumberObject(1), Kids=kids)
    root = DictionaryObject(writer.root)
    root[NameObject("/Pages")] = writer.add_object(pages)
    writer._root = writer.add_object(root)
    return _written(writer)


def contents_called_info(pdf: bytes) -> bytes:
    """The page's contents are written anew, and the trailer says that they describe the file."""
    writer = _writer(pdf)
    contents = _rewritten_contents(writer)
    writer.trailer[NameObject("/Info")] = contents
    return _written(writer)


def contents_called_metadata(pdf: bytes) -> bytes:
    """The page's contents are written anew, and the catalogue says that they describe the file."""
    writer = _writer(pdf)
    writer.root[NameObject("/Metadata")] = _rewritten_contents(writer)
    writer.update_root()
    return _written(writer)


def contents_freed(pdf: bytes) -> bytes:
    """The page's contents are free for others to be written."""
    reference = _page(_writer(pdf)).raw_get("/Contents").reference
    entry = f"xref\n{reference.idnum} 1\n0000000000 65535 f \n".encode()
    previous = pdf.rstrip().rsplit(b"startxref", 1)[1].split()[0]
    trailer = f"trailer\n<< /Size 99 /Root {_writer(pdf).root_ref.idnum} 0 R /Prev {previous.decode()} >>".encode()
    return pdf + entry + trailer + f"\nstartxref\n{len(pdf)}\n%%EOF\n".encode()


def an_empty_field_over_the_page(pdf: bytes) -> bytes:
    """A field that looks like a signature covers the page, and nobody has signed in it."""
    writer = _writer(pdf)
    drawn = StreamObject(stream_data=OTHER_TEXT)
    drawn.update(_named(Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=_numbers(WHOLE_PAGE)))
    field = _named(
        Type=NameObject("/Annot"),
        Subtype=NameObject("/Widget"),
        FT=NameObject("/Sig"),
        T=TextStringObject("Empty"),
        F=NumberObject(4),
        Rect=_numbers(WHOLE_PAGE),
        AP=_named(N=writer.add_object(drawn)),
    )
    _add_to_page(writer, field)
    return _written(writer)


def a_note_on_the_page(pdf: bytes) -> bytes:
    """A text over the page that belongs to no signature."""
    writer = _writer(pdf)
    note = _named(
        Type=NameObject("/Annot"),
        Subtype=NameObject("/FreeText"),
        Contents=TextStringObject("Another sum"),
        Rect=_numbers((60, 700, 300, 780)),
    )
    page = _page(writer)
    page[NameObject("/Annots")] = ArrayObject([writer.add_object(note)])
    writer.update_container(page)
    return _written(writer)


def another_document_behind(pdf: bytes) -> bytes:
    """A whole document is written behind this one, and the file begins with that."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(OTHER_TEXT), OTHER_TEXT),
    ]
    table = b"xref\n0 5\n0000000000 65535 f \n"
    for number, content in enumerate(objects, start=1):
        table += f"{len(pdf):010} 00000 n \n".encode()
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return pdf + table + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(pdf)


ALTERATIONS = [
    another_catalogue,
    contents_called_info,
    contents_called_metadata,
    contents_freed,
    an_empty_field_over_the_page,
    a_note_on_the_page,
    another_document_behind,
]


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    return IncrementalPdfFileWriter(BytesIO(pdf))


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"].raw_get(0).get_object()


def _rewritten_contents(writer: IncrementalPdfFileWriter) -> Any:
    """The reference of the first page's contents, which say something else from now on."""
    reference = _page(writer).raw_get("/Contents")
    contents = reference.get_object()
    contents._data = OTHER_TEXT
    contents._encoded_data = None
    writer.mark_update(reference)
    return reference


def _add_to_page(writer: IncrementalPdfFileWriter, field: DictionaryObject) -> None:
    reference = writer.add_object(field)
    page = _page(writer)
    page[NameObject("/Annots")] = ArrayObject([reference])
    writer.update_container(page)
    writer.root[NameObject("/AcroForm")] = _named(Fields=ArrayObject([reference]), SigFlags=NumberObject(3))
    writer.update_root()


def _named(**values: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})


def _numbers(numbers: tuple[int, ...]) -> ArrayObject:
    return ArrayObject([NumberObject(number) for number in numbers])
