"""Reading a PDF back: its tags, its headings, its text by page and by word."""

import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Word:
    """A word and its box on the page, in points from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Word", *, by: float) -> bool:
        """Whether the two boxes share more than `by` points in both directions."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > by and down > by


def opened(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def root_of(content: bytes) -> Any:
    """The catalogue: language, viewer's preferences, metadata, structure."""
    return opened(content).trailer["/Root"]


def tags(content: bytes) -> list[str]:
    """The structure tags in reading order, without those that carry no meaning."""
    root = root_of(content)["/StructTreeRoot"]
    found: list[str] = []
    _collect(root, found)
    return [tag for tag in found if tag not in {"NonStruct", "Span", "Div"}]


def _collect(node: object, found: list[str]) -> None:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if not isinstance(node, DictionaryObject):
        return
    if "/S" in node:
        found.append(str(node["/S"]).removeprefix("/"))
    children = node.get("/K", [])
    children = children.get_object() if isinstance(children, IndirectObject) else children
    for child in children if isinstance(children, list) else [children]:
        _collect(child, found)


def headings(content: bytes) -> list[str]:
    """The levels of the headings in reading order, such as H1, H2, H3."""
    return [tag for tag in tags(content) if tag in {"H1", "H2", "H3", "H4", "H5", "H6"}]


def outline(content: bytes, *, depth: int) -> list[str]:
    """The titles of the outline at that depth, 0 being the document's own."""
    found: list[str] = []
    _titles(opened(content).outline, 0, depth, found)
    return found


def _titles(entries: list[Any], level: int, depth: int, found: list[str]) -> None:
    for entry in entries:
        if isinstance(entry, list):
            _titles(entry, level + 1, depth, found)
        elif level == depth:
            found.append(str(entry.title))


def fonts_without_file(content: bytes) -> list[str]:
    """Names of fonts that a reader's machine would have to have."""
    found: list[str] = []
    for page in opened(content).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
                found.append(str(descriptor["/FontName"]))
    return found


def texts(content: bytes, folder: Path) -> list[str]:
    """What pdftotext reads on each page, white space squeezed."""
    done = _run("pdftotext", "-layout", str(_saved(content, folder)), "-")
    return [" ".join(page.split()) for page in done.split("\f")[:-1]]


def words(content: bytes, folder: Path) -> list[list[Word]]:
    """The words of each page with their boxes."""
    tree = ElementTree.fromstring(_run("pdftotext", "-bbox", str(_saved(content, folder)), "-"))
    return [[_word(element) for element in page.iter(f"{XHTML}word")] for page in tree.iter(f"{XHTML}page")]


def _word(element: ElementTree.Element) -> Word:
    left, top, right, bottom = (float(element.attrib[key]) for key in ("xMin", "yMin", "xMax", "yMax"))
    return Word(element.text or "", left, top, right, bottom)


def pictures(content: bytes, folder: Path) -> list[Image.Image]:
    """Each page as it looks, small."""
    _run("pdftoppm", "-r", "30", "-png", str(_saved(content, folder)), str(folder / "page"))
    found = sorted(folder.glob("page-*.png"))
    pages = [Image.open(path).convert("RGB").copy() for path in found]
    for path in found:
        path.unlink()
    return pages


def share_of(colour: tuple[int, int, int], page: Image.Image) -> float:
    """The share of the page's area that has exactly this colour."""
    counts = {found: count for count, found in page.getcolors(maxcolors=page.width * page.height) or []}
    return counts.get(colour, 0) / (page.width * page.height)


def checked(content: bytes, folder: Path) -> str:
    """What `qpdf --check` says; CalledProcessError when it finds an error or warning."""
    return _run("qpdf", "--check", str(_saved(content, folder)))


def _saved(content: bytes, folder: Path) -> Path:
    path = folder / "document.pdf"
    path.write_bytes(content)
    return path


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
