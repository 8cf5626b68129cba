import re
import tomllib
from pathlib import Path

from launch.paths import ROOT

# Between the parts of `./portal` or for its tests only; nobody sets them.
INNER = {"CXC_TEST_CLUSTER", "CXC_PROCESS_GROUP", "CXC_ADMIN_URL", "CXC_NEW_PASSWORD", "CXC_CHROMIUM"}


def variables(*paths: Path) -> set[str]:
    return {name for path in paths for name in re.findall(r"\bCXC_[A-Z_]+[A-Z]\b", path.read_text())}


def test_every_variable_is_explained_and_none_that_is_not_read() -> None:
    source = [*ROOT.glob("cxc/**/*.py"), *ROOT.glob("launch/*.py"), ROOT / "docker-compose.yml"]
    assert variables(ROOT / "docs/production.md") == variables(*source) - INNER


def test_every_dependency_has_its_reason_and_none_that_left() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [line for group in project["dependency-groups"].values() for line in group if isinstance(line, str)]
    wanted = {re.split(r"[<>=!~\[ ]", line)[0] for line in project["project"]["dependencies"] + groups}
    rows = re.findall(r"^\| ([a-z0-9, -]+) \| ", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE)
    explained = {name for row in rows for name in row.split(", ")} - {"package"}
    assert explained == wanted


def test_what_the_readme_points_to_is_there() -> None:
    named = re.findall(r"\]\((docs/[a-z./-]+)\)", (ROOT / "README.md").read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []
