import pytest

from launch import cli


def test_the_help_of_up_says_when_the_clock_can_be_moved(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.COMMANDS["up"](["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "no demo world; the clock can be moved only with CXC_MOVABLE_CLOCK=1" in said
