"""A file goes after its row, and what the store could not delete is tried again."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db.models.signals import post_delete

from cxc.core.models import FileToDelete, StoredFile
from cxc.core.refusals import StoreAway
from cxc.core.tasks import delete_erased_files
from tests.files import PDF


@pytest.fixture
def files(committed_db: None, settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def left(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def stored_file() -> StoredFile:
    return StoredFile.store(PDF, name="scan.pdf", content_type="application/pdf")


def test_outside_a_transaction_too_a_row_goes_before_its_file(files: Path) -> None:
    seen: list[set[str]] = []

    def look(**_signal: Any) -> None:
        seen.append(left(files))

    stored = stored_file()
    post_delete.connect(look, sender=StoredFile)
    try:
        stored.erase()
    finally:
        post_delete.disconnect(look, sender=StoredFile)
    assert (seen, left(files), FileToDelete.objects.count()) == ([{stored.file.name}], set(), 0)


def test_a_store_that_is_away_is_asked_again(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = stored_file(), stored_file()
    asked = []

    def refuse(name: str) -> None:
        asked.append(name)
        raise StoreAway("It does not answer.")

    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "delete", refuse)
        first.erase()
        second.erase()
        assert delete_erased_files() == 0
    names = [str(first.file.name), str(second.file.name)]
    assert asked == [*names, *names]
    assert (list(FileToDelete.objects.values_list("name", flat=True)), left(files)) == (names, set(names))
    assert (delete_erased_files(), delete_erased_files()) == (2, 0)
    assert (FileToDelete.objects.count(), left(files)) == (0, set())


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), StoreAway("Permission denied")])
def test_one_file_that_cannot_be_deleted_holds_up_no_other(
    files: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    first, second = str(stored_file().file.name), str(stored_file().file.name)
    FileToDelete.objects.bulk_create([FileToDelete(name=name) for name in (first, second)])
    delete = default_storage.delete

    def refuse_first(name: str) -> None:
        if name == first:
            raise error
        delete(name)

    monkeypatch.setattr(default_storage, "delete", refuse_first)
    assert delete_erased_files() == 1
    assert left(files) == {first}
    assert f"1 erased files can't be deleted, the last one because: {error}" in caplog.messages
