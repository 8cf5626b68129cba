"""A PDF that the portal handed out, read back."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.documents.pdf import reading


@dataclass(frozen=True)
class PdfDocument:
    """A PDF as one gets it; `folder` is where the tools that read it may write."""

    content: bytes
    folder: Path

    @cached_property
    def pages(self) -> list[str]:
        """What pdftotext reads on each page, white space squeezed."""
        return reading.texts(self.content, self.folder)

    def lacks(self, *words: str) -> list[str]:
        """Those of the words that stand nowhere in it."""
        text = " ".join(self.pages)
        return [one for one in words if one not in text]

    def check(self, title: str) -> None:
        """Sound, tagged, in English, with its title and one heading of the first order."""
        reading.checked(self.content, self.folder)
        root = reading.root_of(self.content)
        assert root["/Lang"] == "en"
        assert bool(root["/MarkInfo"]["/Marked"])
        assert reading.headings(self.content).count("H1") == 1
        assert title in str(reading.opened(self.content).metadata.title)
