"""The words of an HTML mail as plain text, with “>” before what is quoted."""

from html.parser import HTMLParser

_BREAKS = frozenset({"p", "div", "tr", "li", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_UNSEEN = frozenset({"script", "style", "head", "title"})


def text_of_html(html: str) -> str:
    """The visible text of the HTML. It is shown as plain text, so nothing has to be sanitised."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._quotes = self._unseen = 0

    def text(self) -> str:
        self._break()
        return "\n".join(self._lines)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self._break(even_if_empty=True)
        elif tag in _BREAKS or tag == "blockquote":
            self._break()
        self._quotes += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BREAKS or tag == "blockquote":
            self._break()
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._line += _folded(data, self._line)

    def _break(self, *, even_if_empty: bool = False) -> None:
        if self._line.strip() or even_if_empty:
            self._lines.append(f"{'> ' if self._quotes else ''}{self._line.strip()}")
        self._line = ""


def _folded(data: str, before: str) -> str:
    """The data with its blanks and line ends as one blank each, none at the beginning of a line."""
    words = " ".join(data.split())
    start = " " if data[:1].isspace() and before and not before.endswith(" ") else ""
    end = " " if data[-1:].isspace() and words else ""
    return f"{start}{words}{end}"
