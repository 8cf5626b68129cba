"""Celery's tasks of stored files."""

from celery import shared_task

from cxc.core.models import FileToDelete, StoredFile


@shared_task
def delete_erased_files() -> int:
    """Delete files of erased rows that the store did not delete at once."""
    return FileToDelete.delete_all_from_store()


@shared_task
def erase_unreferenced_files() -> int:
    """Erase files whose records are gone or have another file, as a CV that was replaced."""
    return StoredFile.erase_unreferenced()
