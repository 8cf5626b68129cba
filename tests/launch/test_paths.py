from pathlib import Path

import pytest

from launch import paths


def test_an_ordinary_users_services_stay_in_the_clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "is_root", lambda: False)
    assert paths.service_dir(tmp_path) == tmp_path


def test_a_closed_folder_above_is_seen(tmp_path: Path) -> None:
    place = tmp_path / "closed" / "clone"
    place.mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)
    assert paths.is_traversable(place / "not-made-yet") is False


def test_everybody_may_walk_into_var_tmp() -> None:
    assert paths.is_traversable(Path("/var/tmp/anything")) is True
