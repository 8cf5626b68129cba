"""What enters neither the image nor the repository: secrets, dumps, archives."""

import re
from fnmatch import fnmatchcase

import pytest
from django.conf import settings

from launch.paths import ROOT

SECRET = [".env", ".env.production", "cxc/.env", "cxc-2026-11-28.dump", "cxc/cxc.dump", "files-2026-11-28.tar.gz"]
SECRET += ["static/files.zip", "backup.sql.gz", "profiles/old.tar", "server.key", "templates/tls.pem"]


def lines(name: str) -> list[str]:
    found = (line.strip() for line in (ROOT / name).read_text().splitlines())
    return [line for line in found if line and not line.startswith("#")]


def is_ignored_by_git(path: str) -> bool:
    """As git reads names without a slash: they fit a file or folder of that name anywhere."""
    return any(fnmatchcase(part, line.rstrip("/")) for line in lines(".gitignore") for part in path.split("/"))


def enters_the_image(path: str) -> bool:
    """As Docker reads .dockerignore: the last line that fits the file, or a folder it is in, decides."""
    enters = True
    parts = path.split("/")
    above = ["/".join(parts[:number]) for number in range(1, len(parts) + 1)]
    for line in lines(".dockerignore"):
        if any(_fits(one, line.removeprefix("!")) for one in above):
            enters = line.startswith("!")
    return enters


def _fits(path: str, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatchcase(path.rpartition("/")[2], pattern.removeprefix("**/"))
    return re.fullmatch(re.escape(pattern).replace(r"\*", "[^/]*"), path) is not None


@pytest.mark.parametrize("path", SECRET)
def test_secrets_dumps_and_archives_enter_neither_image_nor_repository(path: str) -> None:
    assert (enters_the_image(path), is_ignored_by_git(path)) == (False, True)


def test_nothing_enters_the_image_that_is_not_named() -> None:
    assert lines(".dockerignore")[0] == "*"
    named = {line.removeprefix("!") for line in lines(".dockerignore") if line.startswith("!")}
    ours = {app.partition(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app.partition(".")[0]).is_dir()}
    assert named == ours | {"manage.py", "requirements", "locale", "static", "templates"}
    assert [path for path in ("notes.txt", "tests/files.py", "new/anything.csv") if enters_the_image(path)] == []


def test_what_the_portal_runs_on_enters_the_image() -> None:
    needed = ["manage.py", "requirements/production.txt", "cxc/settings/__init__.py", "static/css/theme.css"]
    needed += ["templates/base.html", "locale/fr/LC_MESSAGES/django.mo"]
    assert [path for path in needed if not ((ROOT / path).is_file() and enters_the_image(path))] == []
    copies = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("COPY")]
    assert copies == ["COPY requirements/production.txt requirements/production.txt", "COPY . ."]
