"""One small back-up, made once for a file of tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

from cxc.backups.create import make_backup
from cxc.backups.destinations import Folder
from cxc.core.models import StoredFile
from tests.plugin.portal import copied_database

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

CONTENTS = {"one.pdf": b"%PDF-one", "two.pdf": b"%PDF-two", "empty.pdf": b""}


@pytest.fixture(scope="module")
def backup(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: "DjangoDbBlocker"
) -> Iterator[Path]:
    """The folder of a back-up of the migrated database with three stored files."""
    home = tmp_path_factory.mktemp("source")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=home / "files"):
        with copied_database():
            for name, content in CONTENTS.items():
                StoredFile.store(content, name=name, content_type="application/pdf")
            made = make_backup(Folder(home / "backups"))
        yield home / "backups" / made.name
