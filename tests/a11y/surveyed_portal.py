"""A running portal with the demo world that was surveyed, for the benchmarks; the tests have fixtures."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.plugin.portal import RunningPortal, running


@contextmanager
def surveyed() -> Iterator[tuple[RunningPortal, Path]]:
    """The portal, and the folder with `survey.json` and the pages' HTML."""
    with tempfile.TemporaryDirectory() as made:
        home, folder = Path(made) / "portal", Path(made) / "survey"
        folder.mkdir()
        with running(home, name="cxc_pages", broker=13) as portal:
            run_survey(portal, folder, whole=True)
            yield portal, folder


def run_survey(portal: RunningPortal, folder: Path, *, whole: bool, language: str = "en-gb") -> None:
    """Let the portal say which pages it has, in this language."""
    code = f"from tests.a11y.survey import survey; survey({str(folder)!r}, whole={whole}, language={language!r})"
    portal.manage("shell", "--no-imports", "-c", code)
