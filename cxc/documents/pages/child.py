"""Runs as a process of its own, one for each order: opens files that somebody handed in.

It gets a line of JSON (what to do) and the bytes of the file or files, and answers with a letter and bytes. It imports
nothing of the portal and is started by its path, so that it begins quickly. It may take 2 GB.
"""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

DONE, PASSWORD, TOO_MANY, UNREADABLE = b"D", b"P", b"N", b"X"
MOST_BYTES = 2 * 1024**3
MOST_TEXT = 5_000
"""Characters of one page's text: more than a page of a document holds."""
PASSWORD_ERROR = 4
"""What pdfium answers where a PDF asks for a password (FPDF_ERR_PASSWORD)."""
JPEG_QUALITY = 80
MOST_NESTED = 8
OF_OTHER_PAGES = ("/Properties",)
KEPT_OF_A_PAGE = frozenset(
    {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group"}
)


class RefusedError(Exception):
    """The file can't be opened; the first argument is the letter of the answer."""


def main() -> None:
    _limit_memory()
    logging.disable(logging.CRITICAL)
    order = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        answer = DONE + COMMANDS[order.pop("command")](content, **order)
    except RefusedError as refusal:
        answer = refusal.args[0]
    except Exception:  # damaged files make readers fail in many ways
        answer = UNREADABLE
    sys.stdout.buffer.write(answer)


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def texts(content: bytes, most_pages: int) -> bytes:
    """The text of each page as JSON; "" for a page that is a picture.

    A hyphen at the end of a line comes as U+FFFE, which is no letter and no page may hold.
    """
    document = _document(content)
    if len(document) > most_pages:
        raise RefusedError(TOO_MANY)
    found = [page.get_textpage().get_text_range()[:MOST_TEXT].replace("\ufffe", "-") for page in document]
    return json.dumps(found).encode()


def picture(content: bytes, content_type: str, number: int, width: int) -> bytes:
    """One page, or the picture that the file is, as JPEG of at most this width."""
    from PIL import Image, ImageOps

    if content_type == "application/pdf":
        if number < 1:
            raise RefusedError(UNREADABLE)
        page = _document(content)[number - 1]
        image = page.render(scale=width / page.get_width()).to_pil()
    else:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        image.draft("RGB", (width, width))
        image = ImageOps.exif_transpose(image)
        image.thumbnail((width, width * 4))
    written = io.BytesIO()
    image.convert("RGB").save(written, "JPEG", quality=JPEG_QUALITY)
    return written.getvalue()


def cut(content: bytes, parts: list[list[int]]) -> bytes:
    """Each list of pages, in its order, as a PDF of its own, with nothing of the other pages in it.

    What was drawn on a page as an annotation (a signature on a tablet) becomes a part of the page.
    """
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(_flattened(content, {number for pages in parts for number in pages})))
    return _joined(partial(_cut, reader, pages) for pages in parts)


def rewrite(content: bytes, sizes: list[int]) -> bytes:
    """Several PDFs, one after the other in `content`, each read and written once: what it does wrong is left behind."""
    stream = io.BytesIO(content)
    return _joined(partial(_rewritten, stream.read(size)) for size in sizes)


def _joined(tasks: Iterable[Callable[[], bytes]]) -> bytes:
    """A line of JSON with the size of each answer, null where it failed, then the answers themselves."""
    answers = [_answer_or_none(task) for task in tasks]
    sizes = [None if answer is None else len(answer) for answer in answers]
    return json.dumps(sizes).encode() + b"\n" + b"".join(answer or b"" for answer in answers)


def _answer_or_none(task: Callable[[], bytes]) -> bytes | None:
    try:
        return task()
    except Exception:  # damaged files make readers fail in many ways
        return None


def _rewritten(content: bytes) -> bytes:
    from pypdf import PdfReader, PdfWriter

    reader, writer, written = PdfReader(io.BytesIO(content)), PdfWriter(), io.BytesIO()
    if reader.is_encrypted or not reader.pages:
        raise RefusedError(UNREADABLE)
    writer.append(reader, import_outline=False)
    _remove_invisible_signatures(writer)
    writer.write(written)
    return written.getvalue()


def _remove_invisible_signatures(writer: Any) -> None:
    """A file that is written anew breaks its signatures; one that shows nothing, such as the portal's seal, goes."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    form = writer.root_object.get("/AcroForm", DictionaryObject()).get_object()
    for holder, name in [*((page, "/Annots") for page in writer.pages), (form, "/Fields")]:
        if name in holder:
            stays = [one for one in holder[name].get_object() if not _is_invisible_signature(one.get_object())]
            holder[NameObject(name)] = ArrayObject(stays)
    if not form.get("/Fields"):
        writer.root_object.pop("/AcroForm", None)


def _is_invisible_signature(annotation: Any) -> bool:
    left, bottom, right, top = annotation.get("/Rect", (0, 0, 0, 0))
    return annotation.get("/FT") == "/Sig" and (left == right or bottom == top)


def _cut(reader: Any, pages: list[int]) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for number in pages:
        page = reader.pages[number - 1]
        _remove_links_to_others(page)
        writer.add_page(page)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _flattened(content: bytes, pages: Iterable[int]) -> bytes:
    from pypdfium2 import raw

    document, written = _document(content), io.BytesIO()
    for number in pages:
        raw.FPDFPage_Flatten(document[number - 1], raw.FLAT_NORMALDISPLAY)
    document.save(written, flags=raw.FPDF_REMOVE_SECURITY)
    return written.getvalue()


def _remove_links_to_others(page: Any) -> None:
    """A page may share its list of pictures with all others, and its links lead to them: keep what it draws."""
    for name in [key for key in page if key not in KEPT_OF_A_PAGE]:
        del page[name]
    _keep_what_is_drawn(page, page.get_contents())


def _keep_what_is_drawn(drawing: Any, content: Any, depth: int = 0) -> None:
    """Of the pictures and drawings that it may use, keep those that it does; in each drawing the same."""
    from pypdf.generic import ContentStream, DictionaryObject, NameObject

    resources = DictionaryObject(drawing.get("/Resources", DictionaryObject()).get_object())
    operations = () if content is None else content.operations  # a content stream is a mapping, and may be empty
    names = {operands[0] for operands, operator in operations if operator == b"Do"}
    offered = resources.get("/XObject", DictionaryObject()).get_object()
    used = DictionaryObject({name: offered.raw_get(name) for name in offered if name in names})
    resources[NameObject("/XObject")] = used
    for name in OF_OTHER_PAGES:
        resources.pop(name, None)
    drawing[NameObject("/Resources")] = resources
    for inner in used.values():
        if inner.get_object().get("/Subtype") == "/Form" and depth < MOST_NESTED:
            form = inner.get_object()
            _keep_what_is_drawn(form, ContentStream(form, form.indirect_reference.pdf), depth + 1)


def _document(content: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise RefusedError(PASSWORD if getattr(error, "err_code", None) == PASSWORD_ERROR else UNREADABLE) from error


COMMANDS: dict[str, Callable[..., bytes]] = {"texts": texts, "picture": picture, "cut": cut, "rewrite": rewrite}

if __name__ == "__main__":
    main()
