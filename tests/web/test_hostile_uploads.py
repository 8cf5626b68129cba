"""Files made to do harm: refused with a sentence, or rid of it; what people sign is stored as it came."""

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from cxc.documents.pages import process
from cxc.web import uploads
from tests.files import JPEG, PDF, PNG, pdf_of


def checked(content: bytes, name: str = "file.pdf", *, as_signed: bool = False) -> bytes:
    """What would be stored of an upload."""
    upload = SimpleUploadedFile(name, content)
    uploads.check(upload, as_signed=as_signed)
    upload.seek(0)
    return upload.read()


def refusal(content: bytes, name: str = "file.pdf", *, as_signed: bool = False) -> str:
    """The sentence with which an upload is refused."""
    with pytest.raises(ValidationError) as refused:
        checked(content, name, as_signed=as_signed)
    (sentence,) = refused.value.messages
    return sentence


def pdf_with(change: Callable[[PdfWriter], object]) -> bytes:
    """A PDF of one page with something more in it."""
    writer, written = PdfWriter(clone_from=BytesIO(pdf_of("One"))), BytesIO()
    change(writer)
    writer.write(written)
    return written.getvalue()


def named(**values: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})


def zipped(name: str, content: bytes = b"words") -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr(name, content)
    return written.getvalue()


def action_on_opening(kind: str, *, hidden: bool = False) -> bytes:
    """A PDF that does something of this kind when it is opened; the kind may stand in an object of its own."""

    def add(writer: PdfWriter) -> None:
        name = NameObject(f"/{kind}")
        action = named(S=writer._add_object(name) if hidden else name, F=TextStringObject("calc.exe"))
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)

    return pdf_with(add)


def script_of_a_field(writer: PdfWriter) -> None:
    script = named(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))
    field = named(Subtype=NameObject("/Widget"), AA=named(K=script))
    writer.pages[0][NameObject("/Annots")] = ArrayObject([field])


def script_without_password(writer: PdfWriter) -> None:
    script_of_a_field(writer)
    writer.encrypt("", "owner", algorithm="AES-256")


def form_of_another_language(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/AcroForm")] = named(XFA=TextStringObject("<xdp/>"))


@pytest.mark.parametrize(
    "content",
    [
        action_on_opening("JavaScript"),
        pdf_with(script_of_a_field),
        pdf_with(form_of_another_language),
        *(action_on_opening(kind) for kind in ("Launch", "SubmitForm", "ImportData", "GoToE")),
        action_on_opening("JavaScript", hidden=True),
        action_on_opening("J#61vaScript").replace(b"J#2361vaScript", b"J#61vaScript"),
    ],
    ids=["script", "field", "xfa", "launch", "submit", "import", "go to file", "reference", "escaped"],
)
def test_a_pdf_that_does_something_by_itself_is_refused(content: bytes) -> None:
    assert refusal(content) == (
        "“file.pdf” contains scripts or form actions. Print it into a new PDF, then choose the new file."
    )


def test_a_pdf_with_files_in_it_is_refused() -> None:
    with_file = pdf_with(lambda writer: writer.add_attachment("setup.exe", b"MZ"))
    assert "contains other files. Print it into a new PDF" in refusal(with_file)


def test_links_to_pages_and_web_addresses_are_no_harm() -> None:
    def add(writer: PdfWriter) -> None:
        writer.add_outline_item(title="First", page_number=0)
        link = named(
            Subtype=NameObject("/Link"), A=named(S=NameObject("/URI"), URI=TextStringObject("https://a.example"))
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([link])

    content = pdf_with(add)
    assert checked(content) == content


def test_a_pdf_with_a_password_is_refused_and_one_without_is_read() -> None:
    locked = pdf_with(lambda writer: writer.encrypt("secret", "owner", algorithm="AES-256"))
    assert refusal(locked) == "“file.pdf” asks for a password. Save it without one, then choose the new file."
    only_printing_forbidden = pdf_with(lambda writer: writer.encrypt("", "owner", algorithm="AES-256"))
    assert checked(only_printing_forbidden) == only_printing_forbidden
    assert "contains scripts" in refusal(pdf_with(script_without_password))


@pytest.mark.parametrize(
    "content",
    [
        PDF + zipped("evil.class"),
        zipped("evil.class")[:900] + PDF,
        b"MZ" + PDF,
        b"GIF89a" + PDF,
        b"<html><script>alert(1)</script>" + PDF,
        PNG + PDF,
        JPEG + PDF,
        b"\xff\xd8\xff\xe0" + PDF,
    ],
    ids=["zip behind", "zip before", "program", "gif", "page", "png", "jpeg", "head of a jpeg"],
)
def test_a_pdf_that_is_something_else_as_well_is_refused(content: bytes) -> None:
    assert "is another kind of file as well. Print it into a new PDF" in refusal(content)


@pytest.mark.parametrize("picture", [PNG, JPEG], ids=["png", "jpeg"])
def test_of_a_picture_that_is_something_else_as_well_the_pixels_are_left(picture: bytes) -> None:
    harmful = picture + zipped("evil.class") + b"<script>alert(1)</script>"
    stored = checked(harmful)
    assert b"evil.class" not in stored
    assert b"<script>" not in stored
    assert Image.open(BytesIO(stored)).size == Image.open(BytesIO(picture)).size
    assert "is another kind of file as well" in refusal(harmful, as_signed=True)


def test_a_photo_loses_its_place_and_comments_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the camera turned
    exif[0x010F] = "Camera of somebody"
    written = BytesIO()
    Image.new("RGB", (40, 20), "red").save(written, "JPEG", exif=exif, comment=b"51.5 north")
    stored = Image.open(BytesIO(checked(written.getvalue(), "photo.jpg")))
    assert (stored.size, dict(stored.getexif()), "comment" in stored.info) == ((20, 40), {}, False)
    assert checked(written.getvalue(), "photo.jpg", as_signed=True) == written.getvalue()


def test_a_png_loses_its_texts_and_keeps_what_one_sees_through() -> None:
    texts, written = PngImagePlugin.PngInfo(), BytesIO()
    texts.add_text("Author", "Somebody")
    Image.new("RGBA", (4, 4), (1, 2, 3, 4)).save(written, "PNG", pnginfo=texts)
    stored = Image.open(BytesIO(checked(written.getvalue())))
    assert (stored.mode, stored.getpixel((0, 0)), stored.info) == ("RGBA", (1, 2, 3, 4), {})


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_pictures_of_all_kinds_are_drawn_anew(mode: str) -> None:
    written = BytesIO()
    Image.new(mode, (8, 8)).save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert Image.open(BytesIO(checked(written.getvalue()))).size == (8, 8)


def png_that_claims(width: int, height: int) -> bytes:
    """A tiny PNG whose head says that it has so many pixels."""
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\x00\x00\x00\x00"
    return PNG[:12] + head + zlib.crc32(head).to_bytes(4, "big") + PNG[33:]


def image_in_a_pdf(width: int, height: int, data: bytes, *filters: str) -> bytes:
    def add(writer: PdfWriter) -> None:
        image = EncodedStreamObject()
        image.update(named(Subtype=NameObject("/Image"), Width=NumberObject(width), Height=NumberObject(height)))
        image[NameObject("/Filter")] = ArrayObject(NameObject(f"/{name}") for name in filters)
        image._data = data
        writer._add_object(image)

    return pdf_with(add)


@pytest.mark.parametrize("as_signed", [False, True])
def test_a_huge_picture_is_refused(as_signed: bool) -> None:
    assert "has too many pixels. Save it smaller" in refusal(png_that_claims(50_000, 50_000), as_signed=as_signed)
    assert "has too many pixels" in refusal(image_in_a_pdf(65_000, 65_000, b"", "JBIG2Decode"), as_signed=as_signed)


def test_a_pdf_that_unpacks_to_far_more_is_refused() -> None:
    packing = zlib.compressobj(9)
    bomb = b"".join(packing.compress(bytes(1_000_000)) for _ in range(510)) + packing.flush()
    for content in (
        image_in_a_pdf(10, 10, bomb, "FlateDecode"),
        image_in_a_pdf(10, 10, bomb.hex().encode() + b">", "ASCIIHexDecode", "FlateDecode"),
        image_in_a_pdf(10, 10, zlib.compress(bomb, 9), "FlateDecode", "FlateDecode"),
    ):
        assert len(content) < 2_000_000
        assert "holds far more than its size says" in refusal(content)


def test_pages_that_contain_themselves_are_refused() -> None:
    content = pdf_of("One")
    numbers = re.search(rb"(\d+) 0 obj\n<<\n/Type /Pages\n/Count 1\n/Kids \[ (\d+)", content)
    assert numbers is not None
    looped = content.replace(b"/Kids [ " + numbers[2], b"/Kids [ " + numbers[1])
    assert looped != content
    assert "can't be opened" in refusal(looped)


@pytest.mark.parametrize(
    "content",
    [
        zipped("../../etc/passwd"),
        zipped("word/vbaProject.bin"),
        zipped("xl/workbook.xml"),
        b"\xd0\xcf\x11\xe0" + bytes(600),
    ],
    ids=["zip slip", "macros", "sheet", "old office"],
)
def test_archives_and_office_files_are_not_taken_with_or_without_macros(content: bytes) -> None:
    assert refusal(content, "report.docx") == "“report.docx” is neither a PDF nor a JPEG or PNG picture."


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 0.001)
    assert "takes too long to check" in refusal(PDF)


def test_objects_within_objects_without_end_are_refused() -> None:
    def add(writer: PdfWriter) -> None:
        nested = ArrayObject()
        for _ in range(150):
            nested = ArrayObject([nested])
        stream = StreamObject()
        stream[NameObject("/Deep")] = nested
        writer._add_object(stream)

    assert "“file.pdf” " in refusal(pdf_with(add))
