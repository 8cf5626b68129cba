"""What CTQ and Financial Agreement share: texts written in versions, and versions that are signed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Optional, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc.core.models.text import FreeTextField
from cxc.core.sanitise import LONG
from cxc.workflow import Edited, StatefulModel, take_fields
from cxc.workflow.returned import Returned, texts_of
from exchanges.enums import PartState, Party


class DocumentPart(StatefulModel, Edited, Returned):
    """What both parts share: versions and texts.

    `version` is the one being written or standing; `validated_version` the last that was
    validated (0: none yet). `row_version` guards against two people writing at once.
    """

    TEXTS: ClassVar[dict[str, Any]] = {}

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    validated_version = models.PositiveIntegerField(default=0, editable=False)
    comments = FreeTextField(_("comments of the Support Office"), blank=True, editable=False, max_length=LONG)
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)
    validated_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def update_texts(self, version_read: int, fields: Mapping[str, Any]) -> None:
        """Take over an edit; Stale, with both texts, when somebody saved since `version_read`.

        A part that was returned without being revised stands on a validated version: writing in it
        begins the next.
        """
        if take_fields(self, fields, allowed=self.TEXTS, version_read=version_read):
            self.start_next_version()

    def start_next_version(self) -> dict[str, int]:
        """Begin a new version, unless the present one was never validated. Its number, for the event."""
        if self.validated_version == self.version:
            self.version += 1
        self.validated_at = None
        return {"version": self.version}

    def handed_in(self) -> dict[str, str]:
        return texts_of(self, self.TEXTS)

    @property
    def waits_for_revision(self) -> bool:
        """Whether it was returned with comments, and nothing in it was changed since."""
        return self.state == PartState.RETURNED and not self.is_changed_since_return

    def mark_returned(self, reason: str) -> None:
        """It is returned with these comments; the next look at it shows them, and what was changed since."""
        self.comments = reason
        self.remember_return(reason)

    def mark_validated(self) -> dict[str, int]:
        """What is written is validated from now on. The version's number, for the event."""
        self.forget_return()
        self.validated_version = self.version
        self.validated_at = self.moment
        self.comments = ""
        return {"version": self.version}


class SignedPart(DocumentPart):
    """A part that is signed: each version that was validated is kept with its signatures (`DocumentVersion`)."""

    PARTIES: ClassVar[tuple[Party, ...]] = ()

    class Meta(DocumentPart.Meta):
        abstract = True

    @property
    def current_version(self) -> Optional["DocumentVersion"]:
        """The version made last; None while none was validated."""
        raise NotImplementedError

    def unsigned_parties(self) -> list[Party]:
        """The parties that have not signed the version that stands."""
        version = self.current_version
        signed = version.signed_parties() if version and version.part_version == self.version else set()
        return [party for party in self.PARTIES if party not in signed]

    def parties_still_to_sign(self) -> list[str]:
        """The same, as people call them."""
        return [str(party.label) for party in self.unsigned_parties()]

    @property
    def signed_at(self) -> datetime | None:
        """When the last signature came in; None while it is not signed."""
        version = self.current_version if self.state == PartState.SIGNED else None
        return version.completed_at() if version else None


class DocumentVersionQuerySet(models.QuerySet):
    """Versions of a document."""

    def with_signatures(self) -> Self:
        """With who has signed them, and without what they print, which is long."""
        return self.defer("content").prefetch_related("signatures")


class DocumentVersion(models.Model):
    """One version of a document as it was validated: its content by value, and its PDF once made.

    The content is what is printed; a later change of anything it was made from changes nothing
    here. A PDF that is stored is never made again.
    """

    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    made_at = models.DateTimeField(_("validated at"))
    pdf = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = DocumentVersionQuerySet.as_manager()

    class Meta:
        abstract = True

    PARTIES: ClassVar[tuple[Party, ...]] = ()
    signatures: Any

    @property
    def part_version(self) -> int:
        """Which version of the signed part this is."""
        return self.number

    def valid_signatures(self) -> list[Any]:
        """The signatures that count for this version."""
        return list(self.signatures.all())

    def signed_parties(self) -> set[str]:
        return {signature.party for signature in self.valid_signatures()}

    def completed_at(self) -> datetime | None:
        """When the last needed signature was entered; None while one is missing."""
        first: dict[str, datetime] = {}
        for signature in sorted(self.valid_signatures(), key=lambda s: s.entered_at):
            first.setdefault(signature.party, signature.entered_at)
        if set(self.PARTIES) - set(first):
            return None
        return max(first.values())
