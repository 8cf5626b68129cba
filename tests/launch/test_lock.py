from pathlib import Path

import pytest

from launch import lock

PROJECT = """
[project]
requires-python = ">=3.11"
dependencies = ["django>=5.2"]
[dependency-groups]
local = []
dev = []
"""
UV = "uv==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose locks were made from its pyproject.toml."""
    monkeypatch.setattr(lock, "ROOT", tmp_path)
    monkeypatch.setattr(lock, "REQUIREMENTS", tmp_path)
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    for name in lock.LOCKS:
        (tmp_path / f"{name}.txt").write_text(f"{lock.MARK}{lock.wanted_fingerprint()}\ndjango==5.2.19 \\\n")
    return tmp_path


def test_locks_made_from_this_project_are_not_stale(project: Path) -> None:
    assert lock.stale() == []


def test_a_new_dependency_makes_every_lock_stale(project: Path) -> None:
    (project / "pyproject.toml").write_text(PROJECT.replace('"django>=5.2"', '"django>=5.2", "celery"'))
    assert lock.stale() == ["production", "local", "dev"]


def test_what_is_no_dependency_leaves_them(project: Path) -> None:
    (project / "pyproject.toml").write_text(PROJECT + "[tool.ruff]\nline-length = 100\n")
    assert lock.stale() == []


def test_two_pins_of_one_package_are_named(project: Path) -> None:
    (project / "dev.txt").write_text("django==5.1 \\\nruff==1.0\n")
    assert lock.disagreeing() == ["django"]


def test_the_installer_is_locked_by_itself() -> None:
    assert lock._entry(f"{UV}    # via a group\nzopfli==2.0 \\\n    --hash=sha256:cc\n", "uv") == UV
