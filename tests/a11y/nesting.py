"""Whether a page's elements are closed where they were opened, with Python's own parser.

The whole of HTML's rules are the Nu checker's (`./portal bench pages`): it needs Java, which CI's machine has not, and
200 MB of it for each run are too dear. What templates get wrong most is an element left open; that is seen here.
"""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def unclosed_elements(html: str) -> list[str]:
    """A sentence for each element that is not closed in its place."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return [*reader.faults, *(f"line {line}: <{tag}> stays open" for tag, line in reader.open)]


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int]] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        self.faults += [
            f"line {self.getpos()[0]}: <{tag}> has {name} twice" for name in set(names) if names.count(name) > 1
        ]
        if tag not in VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<path/>` of a picture, or `<br/>`: closed at once."""

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
            return
        inside = self.open[-1] if self.open else ("nothing", 0)
        self.faults.append(f"line {self.getpos()[0]}: </{tag}> inside <{inside[0]}> of line {inside[1]}")
        if tag in [name for name, _line in self.open]:
            while self.open.pop()[0] != tag:
                pass
