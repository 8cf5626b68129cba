"""Files from outside: their texts, the pictures of their pages, and some pages as a file of their own."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject, StreamObject

from cxc.documents import pages
from cxc.documents.pages import process, reading
from tests.files import JPEG, PNG, pdf_of


def counted_orders(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that a process is started for from now on."""
    orders, ask = list[str](), reading._asked

    def asked(content: bytes, **order: Any) -> bytes:
        orders.append(order["command"])
        return ask(content, **order)

    monkeypatch.setattr(reading, "_asked", asked)
    return orders


def written(writer: PdfWriter) -> bytes:
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def streams(content: bytes) -> bytes:
    """All that a PDF holds, unpacked."""
    reader = PdfReader(BytesIO(content))
    size: Any = reader.trailer["/Size"]
    objects: list[Any] = [reader.get_object(number) for number in range(1, size)]
    return b"".join(one.get_data() for one in objects if hasattr(one, "get_data")) + content


def cut_out(content: bytes, *numbers: int) -> bytes:
    """One list of pages, which can be cut out."""
    (found,) = pages.cut(content, [numbers])
    assert isinstance(found, bytes)
    return found


def test_the_text_of_each_page() -> None:
    assert pages.texts(pdf_of("First page", "Second page")) == ["First page", "Second page"]


def test_a_hyphen_at_the_end_of_a_line_is_one() -> None:
    from weasyprint import HTML

    narrow = "<style>@page { size: 200px; margin: 20px }</style><p>The agreement MADE-UP-DEMO-0012345 of the Union</p>"
    assert "MADE-UP-DEMO-0012345" in pages.texts(HTML(string=narrow).write_pdf())[0]


@pytest.mark.parametrize(("number", "size"), [(1, (300, 424)), (2, (300, 424))])
def test_a_page_as_a_picture(number: int, size: tuple[int, int]) -> None:
    shown = Image.open(BytesIO(pages.picture(pdf_of("One", "Two"), content_type=pages.PDF, number=number, width=300)))
    assert (shown.format, shown.width) == ("JPEG", 300)
    assert abs(shown.height - size[1]) <= 1


@pytest.mark.parametrize(("content", "content_type"), [(PNG, "image/png"), (JPEG, "image/jpeg")])
def test_a_picture_is_its_own_page(content: bytes, content_type: str) -> None:
    assert pages.picture(content, content_type=content_type).startswith(b"\xff\xd8")


def test_pages_are_cut_in_the_order_asked_for() -> None:
    cut = cut_out(pdf_of("One", "Two", "Three"), 3, 1)
    assert pages.texts(cut) == ["Three", "One"]
    assert b"(Two)" not in streams(cut)


def test_one_process_cuts_several_documents_that_may_share_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    orders = counted_orders(monkeypatch)
    found = pages.cut(pdf_of("One", "Two", "Three"), [[1], [3, 2], [2]])
    assert len(orders) == 1
    assert [pages.texts(one) for one in found if isinstance(one, bytes)] == [["One"], ["Three", "Two"], ["Two"]]
    assert pages.cut(b"", []) == []


def test_pdfs_are_rewritten_by_one_process_and_a_damaged_one_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = PdfWriter(clone_from=BytesIO(pdf_of("One")))
    locked.encrypt("a", "b", algorithm="RC4-128")
    orders = counted_orders(monkeypatch)
    found = pages.rewritten([pdf_of("One"), b"%PDF-1.7 nothing", written(locked), pdf_of("Two", "Three")])
    assert len(orders) == 1
    texts = [pages.texts(one) if isinstance(one, bytes) else "" for one in found]
    assert texts == [["One"], "", "", ["Two", "Three"]]


def test_a_pdf_that_ends_the_process_is_told_apart_from_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = reading._asked

    def asked(content: bytes, **order: Any) -> bytes:
        if b"deadly" in content:
            raise reading.Unreadable("It ended the process.")
        return ask(content, **order)

    monkeypatch.setattr(reading, "_asked", asked)
    found = pages.rewritten([pdf_of("One"), b"deadly", pdf_of("Two")])
    assert [isinstance(one, bytes) for one in found] == [True, False, True]


def test_a_link_to_another_page_does_not_take_it_along() -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf_of("One", "Secret")))
    writer.add_annotation(0, Link(rect=(0, 0, 100, 100), target_page_index=1))
    assert b"Secret" not in streams(cut_out(written(writer), 1))


def drawing(writer: PdfWriter, content: bytes) -> IndirectObject:
    """Something drawn that pages can refer to."""
    form = StreamObject()
    form.set_data(content)
    form.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    form[NameObject("/BBox")] = ArrayObject(NumberObject(side) for side in (0, 0, 100, 100))
    return writer._add_object(form)


def test_a_list_of_pictures_shared_by_all_pages_is_cut_too() -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf_of("One", "Two")))
    pictures = DictionaryObject()
    for name, marked in (("/Mine", b"% my picture"), ("/Theirs", b"% their picture")):
        pictures[NameObject(name)] = drawing(writer, marked)
    for page, drawn in zip(writer.pages, (b"/Mine", b"/Theirs"), strict=True):
        resources: Any = page["/Resources"]
        resources[NameObject("/XObject")] = pictures
        content = StreamObject()
        content.set_data(drawn + b" Do")
        page[NameObject("/Contents")] = writer._add_object(content)
    cut = streams(cut_out(written(writer), 1))
    assert b"my picture" in cut
    assert b"their picture" not in cut


def test_what_was_drawn_on_a_page_stays_on_it() -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf_of("One", "Two")))
    stamp = FreeText(text="Signed on a tablet", rect=(50, 50, 150, 150))
    look = drawing(writer, b"0 0 0 rg 10 10 80 80 re f")
    stamp[NameObject("/AP")] = DictionaryObject({NameObject("/N"): look})
    writer.add_annotation(0, stamp)
    shown = [pages.picture(one, content_type=pages.PDF, width=200) for one in (written(writer), pdf_of("One"))]
    cut = cut_out(written(writer), 1)
    assert pages.picture(cut, content_type=pages.PDF, width=200) == shown[0] != shown[1]
    assert b"/Annots" not in cut


def test_a_pdf_with_a_password_is_refused_with_that_reason() -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf_of("One")))
    writer.encrypt("a", "b", algorithm="RC4-128")
    with pytest.raises(pages.PagesError, match="asks for a password"):
        pages.texts(written(writer))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"MZ"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(pages.PagesError, match="can't be read"):
        pages.texts(content)


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(pages.PagesError):
        pages.picture(pdf_of("One"), content_type=pages.PDF, number=number)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 1)
    with pytest.raises(pages.PagesError, match="more than 1 pages"):
        pages.texts(pdf_of("One", "Two"))


def test_what_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 0.001)
    with pytest.raises(pages.PagesError, match="too long"):
        pages.texts(pdf_of("One"))
