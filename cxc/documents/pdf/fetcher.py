"""What a document may load: the project's own fonts and images, nothing else.

Import this only where `engine.available()` holds: it needs WeasyPrint.
"""

from pathlib import Path

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

_TYPES = {".ttf": "font/ttf", ".svg": "image/svg+xml"}


class OwnFilesOnly(URLFetcher):
    """Answers `project:fonts/NAME.ttf` and `project:images/NAME.svg` from the static folder (`folder`).

    Anything else stops the rendering: no file of the machine, no address of the network and no
    `data:` text gets into a document, and a missing font is noticed instead of replaced.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(allowed_protocols=["project"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The file's bytes. FatalURLFetchingError for anything that is not the project's own."""
        scheme, _, name = url.partition(":")
        folder, _, filename = name.partition("/")
        path = self.folder / folder / filename
        kind = _TYPES.get(path.suffix)
        own = scheme == "project" and folder in {"fonts", "images"} and "/" not in filename
        if not (own and kind and path.is_file()):
            raise FatalURLFetchingError(f"A document may not load {url!r}.")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
