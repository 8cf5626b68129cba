"""A file goes after its row, and what the store could not delete is tried again."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models.signals import post_delete

from cxc import clock
from cxc.core.models import FileToDelete, StoredFile
from cxc.core.models.files import references_to
from cxc.core.refusals import StoreAway
from cxc.core.tasks import delete_erased_files, erase_unreferenced_files
from profiles.models import Profile
from tests.factories.parties import usual_parties
from tests.files import PDF
from tests.matching import factories


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


def test_a_file_goes_a_day_after_its_last_record(files: Path) -> None:
    parties = usual_parties()
    profile = factories.visiting(parties)
    first, _second = stored_file(), stored_file()
    Profile.objects.filter(pk=profile.pk).update(brochure=first)
    assert erase_unreferenced_files() == 0
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert (erase_unreferenced_files(), left(files)) == (1, {first.file.name})
        Profile.objects.filter(pk=profile.pk).update(brochure=None)
        assert (erase_unreferenced_files(), erase_unreferenced_files()) == (1, 0)
    assert (StoredFile.objects.count(), left(files)) == (0, set())


def test_every_foreign_key_to_a_file_is_a_reference() -> None:
    keys = {
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is StoredFile
    }
    assert len(keys) > 5
    assert set(references_to(StoredFile)) == keys
