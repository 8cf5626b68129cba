"""Runs as a process of its own for each file that somebody hands in: opens it, and says what is wrong with it.

It gets a line of JSON (`content_type`, `rebuild`) and the bytes of the file, and answers with a line of JSON
(`problem`, "" where there is none) and the bytes of the picture it drew anew, if any. It imports nothing of the portal.
It may take 2 GB and 20 seconds of a processor.
"""

import base64
import io
import json
import logging
import sys
import warnings
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 2 * 1024**3
MOST_SECONDS = 20
MOST_PAGES = 1_000
MOST_PIXELS = 100_000_000
"""A page of A3 at 600 dots per inch has 70 million; so many in colour take 400 MB to draw."""
MOST_UNPACKED, MOST_UNPACKED_IN_ALL = 500_000_000, 2_000_000_000
"""Bytes of one stream of a PDF, and of all: what fits into 10 MB and unpacks to more was made to fill a memory."""
MOST_NESTED = 100
JPEG_QUALITY = 88
PDF_BEGINS_WITHIN = 1024
"""As PDF readers look for the first line of a PDF (ISO 32000, implementation notes)."""

# What a PDF does by itself or sends elsewhere; links to web addresses and to other pages stay allowed.
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent"})
ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/Movie"})
# How a PDF begins that is a program, page, archive or picture as well; scanners put only lines of their own there.
OTHER_BEGINNINGS = (b"PK", b"MZ", b"\x7fELF", b"GIF8", b"\xff\xd8", b"\x89PNG", b"BM", b"RIFF", b"#!", b"<")


class ProblemError(Exception):
    """The file is refused; the first argument is the word for why, of which `inspection` makes a sentence."""


def main() -> None:
    _limit()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    order = json.loads(sys.stdin.buffer.readline())
    problem, drawn = inspect(sys.stdin.buffer.read(), **order)
    sys.stdout.buffer.write(json.dumps({"problem": problem}).encode() + b"\n" + drawn)


def _limit() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def inspect(content: bytes, content_type: str, rebuild: bool) -> tuple[str, bytes]:
    """The problem of this file, "" for none, and the picture drawn anew where that is asked for."""
    try:
        if content_type == "application/pdf":
            _inspect_pdf(content)
            return "", b""
        return "", _picture(content, rebuild)
    except ProblemError as error:
        return error.args[0], b""
    except Exception:  # the readers stumble over damaged files in many ways
        return "unreadable", b""


def _inspect_pdf(content: bytes) -> None:
    from pypdf import PdfReader

    _refuse_two_kinds(content, content[:PDF_BEGINS_WITHIN].partition(b"%PDF-")[0])
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ProblemError("password")
    if not reader.pages:
        raise ProblemError("unreadable")
    if len(reader.pages) > MOST_PAGES:
        raise ProblemError("pages")
    unpacked = 0
    for one in _objects(reader):
        for dictionary in _dictionaries(one):
            _refuse_active(dictionary)
        unpacked += _unpacked_size(one)
        if unpacked > MOST_UNPACKED_IN_ALL:
            raise ProblemError("bomb")


def _refuse_two_kinds(content: bytes, before: bytes = b"") -> None:
    """A file that other programs read as something else carries what nobody looks at here."""
    if before.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(OTHER_BEGINNINGS):
        raise ProblemError("two kinds")
    with suppress(BadZipFile), ZipFile(io.BytesIO(content)):
        raise ProblemError("two kinds")


def _objects(reader: Any) -> Iterator[Any]:
    """Everything in the file's own table of contents, and what stands beside it; damaged objects are passed over."""
    from pypdf.generic import IndirectObject

    yield reader.trailer
    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    for number, generation in sorted(numbers | {(number, 0) for number in reader.xref_objStm}):
        with suppress(Exception):
            yield IndirectObject(number, generation, reader).get_object()


def _dictionaries(value: Any) -> Iterator[Any]:
    """The dictionaries within an object, without those that it refers to: these are objects of their own."""
    from pypdf.generic import IndirectObject

    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        found, depth = waiting.pop()
        if isinstance(found, IndirectObject) or not isinstance(found, dict | list):
            continue
        if depth > MOST_NESTED:
            raise ProblemError("bomb")
        if isinstance(found, dict):
            yield found
        inner = dict.values(found) if isinstance(found, dict) else list.__iter__(found)
        waiting += [(each, depth + 1) for each in inner]


def _refuse_active(dictionary: Any) -> None:
    if ACTIVE_KEYS & dictionary.keys() or _value(dictionary, "/S") in ACTIVE_ACTIONS:
        raise ProblemError("scripts")
    if "/EF" in dictionary or _value(dictionary, "/Type") == "/EmbeddedFile":
        raise ProblemError("attachments")
    if _value(dictionary, "/Subtype") == "/Image" and _pixels(dictionary) > MOST_PIXELS:
        raise ProblemError("pixels")


def _value(dictionary: Any, key: str) -> Any:
    """What stands under a key, also where that refers to another object; None where nothing does."""
    return dictionary[key] if key in dictionary else None  # noqa: SIM401 - `get` does not follow references


def _pixels(dictionary: Any) -> int:
    return int(_value(dictionary, "/Width") or 0) * int(_value(dictionary, "/Height") or 0)


def _unpacked_size(value: Any) -> int:
    """How many bytes a stream packed with Flate has; 0 for anything else."""
    from pypdf.generic import StreamObject

    if not isinstance(value, StreamObject):
        return 0
    filters = _value(value, "/Filter") or []
    names = [str(name) for name in (filters if isinstance(filters, list) else [filters])]
    data = value._data
    for name in names:
        if name in {"/ASCIIHexDecode", "/AHx"}:
            data = bytes.fromhex(data.decode("ascii").partition(">")[0])
        elif name in {"/ASCII85Decode", "/A85"}:
            data = base64.a85decode(data.strip().removeprefix(b"<~").removesuffix(b"~>"))
        elif name in {"/FlateDecode", "/Fl"}:
            if sum(one in {"/FlateDecode", "/Fl"} for one in names) > 1:
                raise ProblemError("bomb")  # packed twice: no program that writes documents does so
            return _inflated_size(data)
    return 0


def _inflated_size(data: bytes) -> int:
    reading, size = zlib.decompressobj(), 0
    with suppress(zlib.error):
        while data and not reading.eof:
            size += len(reading.decompress(data, 1_000_000))
            data = reading.unconsumed_tail
            if size > MOST_UNPACKED:
                raise ProblemError("bomb")
    return size


def _picture(content: bytes, rebuild: bool) -> bytes:
    """The picture drawn anew, or b"" where its bytes stay: then it is read to its end."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # counted here
    image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
    if image.width * image.height > MOST_PIXELS:
        raise ProblemError("pixels")
    if not rebuild:
        _refuse_two_kinds(content)
    if image.format == "PNG":
        image.verify()  # reads every chunk to the last, without drawing
    elif not rebuild:
        image.draft("L", (1, 1))  # an eighth of the size, from all of the data
        image.load()
    return _drawn_anew(Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))) if rebuild else b""


def _drawn_anew(image: Any) -> bytes:
    """The pixels alone, upright and in the usual colours: no place, camera, comment, or anything behind its end."""
    from PIL import ImageOps

    kind = "PNG" if image.format == "PNG" else "JPEG"
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    image = _in_usual_colours(image)
    if kind == "JPEG" and image.mode not in {"L", "RGB"}:
        image = image.convert("RGB")
    image.info = {name: value for name, value in image.info.items() if name == "transparency"}
    written = io.BytesIO()
    image.save(written, kind, **({"quality": JPEG_QUALITY} if kind == "JPEG" else {}))
    return written.getvalue()


def _in_usual_colours(image: Any) -> Any:
    """The picture in sRGB, where it names other colours; as it is where these can't be read."""
    from PIL import ImageCms

    profile = image.info.pop("icc_profile", None)
    if profile and image.mode in {"RGB", "CMYK"}:
        with suppress(ImageCms.PyCMSError, OSError):
            named = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, named, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return image


if __name__ == "__main__":
    main()
