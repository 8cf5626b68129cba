"""Files that people hand in and documents that were signed."""

import hashlib
import logging
import uuid
from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, ManyToOneRel, OuterRef
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.after_commit import after_commit
from cxc.core.files.storage import is_no_room
from cxc.core.files.types import fitting_name
from cxc.core.refusals import FilesUnavailable, NoRoom

logger = logging.getLogger(__name__)


def _somewhere(_instance: "StoredFile", name: str) -> str:
    """A path that tells nothing of the file and can't be guessed."""
    suffix = name.rpartition(".")[2].lower()[:5]
    key = uuid.uuid4().hex
    return f"{key[:2]}/{key}.{suffix}"


class StoredFile(models.Model):
    """A file with its SHA-256; written once. It is read through the record that it belongs to.

    `size` in bytes.
    """

    file = models.FileField(_("file"), upload_to=_somewhere)
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=clock.now)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering: ClassVar = ["-uploaded_at"]
        indexes: ClassVar = [models.Index(fields=["sha256"], name="file_by_hash")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def store(cls, content: bytes, *, name: str, content_type: str, by: Any = None) -> "StoredFile":
        """Store bytes under a file name; its end is that of the type. `FilesUnavailable` where that can't be done."""
        name = fitting_name(name, content_type)
        stored = cls(
            name=name,
            content_type=content_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=by,
        )
        try:
            stored.file.save(name, ContentFile(content), save=False)
        except OSError as error:
            if is_no_room(error):
                raise NoRoom from error
            raise
        stored.save()
        return stored

    @classmethod
    def store_upload(cls, upload: UploadedFile, *, by: Any = None) -> "StoredFile":
        """Store an upload that a form has already checked (`cxc.web.uploads`)."""
        return cls.store(upload.read(), name=upload.name or "file", content_type=upload.content_type or "", by=by)

    def erase(self) -> None:
        """Delete the row, then the file once that is committed: no row may name a file that is gone."""
        name = str(self.file.name)
        with transaction.atomic():
            self.delete()
            FileToDelete.objects.get_or_create(name=name)
            after_commit(FileToDelete.delete_from_store, name)

    @classmethod
    def erase_unreferenced(cls) -> int:
        """Erase the files that no record refers to: it was deleted, or has another file; how many.

        A file of the last day is left alone, because its record may still be written.
        """
        found = cls.objects.filter(uploaded_at__lt=clock.now() - timedelta(days=1))
        for reference in references_to(cls):
            found = found.exclude(Exists(reference.model._base_manager.filter(**{reference.name: OuterRef("pk")})))
        erased = 0
        for stored in found.order_by("pk"):
            with suppress(IntegrityError):  # referred to since; ProtectedError is one
                stored.erase()
                erased += 1
        return erased


def references_to(model: type[models.Model]) -> list[Any]:
    """Every foreign key to this model, whether or not it can be followed backwards."""
    found = model._meta.get_fields(include_hidden=True)
    return [one.field for one in found if isinstance(one, ManyToOneRel)]  # that of one to one is such a one too


class FileToDelete(models.Model):
    """A file whose row is gone, until the store has deleted it; where that fails, beat has it tried again.

    `name`: its path in the store, which is given once. `since`: real time, UTC.
    """

    name = models.CharField(max_length=100, unique=True)
    since = models.DateTimeField(default=clock.real_now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def delete_from_store(cls, name: str) -> None:
        """Delete the file; twice or late that does nothing more. `FilesUnavailable` where the store is away."""
        default_storage.delete(name)
        cls.objects.filter(name=name).delete()

    @classmethod
    def delete_all_from_store(cls) -> int:
        """Delete what could not be deleted before; how many files went. One that is refused holds up no other."""
        deleted, refused = 0, 0
        for name in list(cls.objects.values_list("name", flat=True)):
            try:
                cls.delete_from_store(name)
                deleted += 1
            except (FilesUnavailable, OSError) as error:
                refused += 1
                reason = error.__cause__ or error
        if refused:
            logger.warning("%s erased files can't be deleted, the last one because: %s", refused, reason)
        return deleted
