"""Celery's tasks of stored files."""

from celery import shared_task

from cxc.core.models import FileToDelete


@shared_task
def delete_erased_files() -> int:
    """Delete files of erased rows that the store did not delete at once."""
    return FileToDelete.delete_all_from_store()
