import pytest

from launch import system
from launch.paths import UserError

COMMAND = "apt-get install -y --no-install-recommends qpdf"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What apt-get is called with; it always works."""
    calls: list[list[str]] = []

    def apt(command: list[str]) -> int:
        calls.append(command)
        return 0

    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "_apt", apt)
    return calls


def test_an_ordinary_user_is_told_the_exact_command(asked: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "is_root", lambda: False)
    with pytest.raises(UserError) as error:
        system.install(["qpdf"], why="Tests need it")
    assert (str(error.value), asked) == (f"Tests need it. Ask for: sudo {COMMAND}", [])


def test_root_installs(asked: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "is_root", lambda: True)
    monkeypatch.setattr(system, "_lists_are_there", lambda: True)
    system.install(["qpdf"], why="Tests need it")
    assert asked == [COMMAND.split()]


def test_without_package_lists_they_are_fetched_first(asked: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "is_root", lambda: True)
    monkeypatch.setattr(system, "_lists_are_there", lambda: False)
    system.install(["qpdf"], why="Tests need it")
    assert asked == [["apt-get", "update"], COMMAND.split()]


def test_without_pango_pdfs_are_off_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "has_pango", lambda: False)
    monkeypatch.setattr(system, "is_root", lambda: False)
    assert system.ensure_pango() is False
    said = capsys.readouterr().out
    command = "sudo apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    assert said == f"PDFs are off, everything else works. PDFs are made with Pango. Ask for: {command}\n"
