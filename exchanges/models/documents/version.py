"""One version of a document as it was validated or accepted: the table of every kind of stored document."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models import StoredFile
from cxc.workflow.batch import prefetched
from exchanges.enums import CTQ, Party
from exchanges.models.exchange import Exchange
from exchanges.rules import document_codes

# How long a signatory may object to an editorial version. Rule: docs/rules.md, Commitment to Quality.
OBJECTION_DAYS = 7
OBJECTION_PERIOD = timedelta(days=OBJECTION_DAYS)


class DocumentVersionQuerySet(models.QuerySet):
    """Versions of documents."""

    def with_signatures(self) -> Self:
        """With who has signed them."""
        return self.prefetch_related("signatures")


class DocumentVersionManager(models.Manager.from_queryset(DocumentVersionQuerySet)):  # type: ignore[misc]
    """Leaves out what versions print until it is asked for: it is long, and read only to print it."""

    def get_queryset(self) -> Any:
        return super().get_queryset().defer("content")


class DocumentVersion(models.Model):
    """One version of a document of an exchange: its content by value, and its PDF once made.

    The content is what is printed; a later change of anything it was made from changes nothing here. A PDF that is
    stored is never made again.

    kind            which document it is; declared in `exchanges/documents/kinds.py`
    part_version    the version of what it was written in (own part of the CTQ, agreement, report)
    shared_version  the version of the shared part of the CTQ that it prints
    parties         who sign it, in the order of their signature blocks; none where it is not signed
    joint_parties   those of them for which two people sign jointly
    code            printed on each of its pages
    is_editorial    it keeps the signatures of the version it follows (`follows`)
    voided_at       when a signatory objected to an editorial version (UTC): it counts no more, the one before does
    """

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="document_versions")
    kind = models.CharField(_("document"), max_length=20)
    number = models.PositiveIntegerField(_("version"))
    part_version = models.PositiveIntegerField()
    shared_version = models.PositiveIntegerField(null=True, blank=True)
    parties = ArrayField(models.CharField(max_length=3, choices=Party.choices), default=list, blank=True)
    joint_parties = ArrayField(models.CharField(max_length=3, choices=Party.choices), default=list, blank=True)
    content = models.JSONField(_("content"))
    made_at = models.DateTimeField(_("validated at"))
    code = models.CharField(_("code"), max_length=document_codes.LENGTH, default=document_codes.new_code, unique=True)
    is_editorial = models.BooleanField(_("editorial"), default=False)
    voided_at = models.DateTimeField(null=True, blank=True, editable=False)
    follows = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    signatures: Any
    terms: Any
    readings: Any
    seal: Any

    objects: ClassVar = DocumentVersionManager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering: ClassVar = ["exchange", "kind", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exchange", "kind", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=Q(is_editorial=False) | Q(follows__isnull=False), name="editorial_version_follows_another"
            ),
            models.CheckConstraint(
                condition=Q(is_editorial=True) | Q(voided_at__isnull=True), name="only_editorial_version_is_voided"
            ),
            models.CheckConstraint(
                condition=Q(kind=CTQ, shared_version__isnull=False) | ~Q(kind=CTQ) & Q(shared_version__isnull=True),
                name="ctq_version_has_a_shared_part",
            ),
            models.CheckConstraint(
                condition=Q(joint_parties__contained_by=F("parties")), name="joint_parties_sign_the_document"
            ),
            models.CheckConstraint(condition=Q(code__regex=document_codes.PATTERN), name="document_code_is_readable"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind"], condition=Q(pdf__isnull=True), name="document_pdf_to_make"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.exchange.reference}, {_('version')} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def prefix(self) -> str:
        """What its reference begins with: "CTQ"."""
        return self.kind.upper()

    @property
    def reference(self) -> str:
        return f"{self.prefix}-{self.exchange.reference}"

    @property
    def sealed_file(self) -> StoredFile | None:
        """The file with the portal's seal; None while not all have signed, and until it is made."""
        seal = getattr(self, "seal", None)
        return seal.file if seal else None

    @property
    def waits_for_seal(self) -> bool:
        """Whether all have signed and the sealed file is still to be made."""
        seal = getattr(self, "seal", None)
        return seal is not None and seal.file_id is None and self.voided_at is None

    @property
    def objections_until(self) -> datetime | None:
        """The moment until which a signatory may object to an editorial version; None for others, and once voided."""
        return self.made_at + OBJECTION_PERIOD if self.is_editorial and self.voided_at is None else None

    @property
    def sealed_after(self) -> datetime | None:
        """The moment after which it is sealed, while signatories may still object; None otherwise."""
        until = self.objections_until
        return until if until is not None and clock.now() <= until else None

    @property
    def file_name(self) -> str:
        return f"{self.reference}-v{self.number}.pdf"

    def chain(self) -> list["DocumentVersion"]:
        """This version and, back to the one that was signed, those it follows editorially."""
        chain = [self]
        if self.is_editorial:
            others = {version.pk: version for version in self.exchange.document_versions.all()}
            while chain[-1].is_editorial and chain[-1].follows_id is not None:
                chain.append(others[chain[-1].follows_id])
        return chain

    def replaced_by(self) -> int | None:
        """The number of the later version that stands instead; None where this one stands."""
        last = latest_version(self.exchange, self.kind)
        return None if last is None or self in last.chain() else last.number

    def is_signed_by(self, person: int) -> bool:
        """Whether a signature of the person with this id counts for this version."""
        return any(signature.signer_id == person for signature in self.valid_signatures())

    def valid_signatures(self) -> list[Any]:
        """The signatures that count for this version."""
        return [signature for version in self.chain() for signature in version.signatures.all()]

    def signatures_needed(self, party: str) -> int:
        """How many people sign for the party."""
        return 2 if party in self.joint_parties else 1

    def signatures_of(self, party: str) -> list[Any]:
        """The signatures of this party that count, the first one first."""
        given = [one for one in self.valid_signatures() if one.party == party and not one.is_repeat]
        return sorted(given, key=lambda one: one.entered_at)

    def signed_parties(self) -> set[str]:
        """The parties that have signed it, those that sign jointly by two people."""
        return {party for party in self.parties if len(self.signatures_of(party)) >= self.signatures_needed(party)}

    def unsigned_parties(self) -> list[Party]:
        """The parties that have not signed it."""
        signed = self.signed_parties()
        return [Party(party) for party in self.parties if party not in signed]

    def completed_at(self) -> datetime | None:
        """When the last needed signature was entered; None while one is missing."""
        if self.unsigned_parties():
            return None
        last = [self.signatures_of(party)[self.signatures_needed(party) - 1].entered_at for party in self.parties]
        return max(last, default=None)


def latest_version(exchange: Exchange, kind: str) -> DocumentVersion | None:
    """The version of this document that was made last and not voided; None while there is none."""
    prefetched(exchange, Prefetch("document_versions", DocumentVersion.objects.with_signatures()))
    of_kind = [
        version for version in exchange.document_versions.all() if version.kind == kind and version.voided_at is None
    ]
    return max(of_kind, key=lambda version: version.number, default=None)


class Versioned:
    """What is written and then stored in versions: own part of the CTQ, agreement, report.

    KIND  the kind of document that its versions are
    """

    KIND: ClassVar[str]
    exchange: Any

    @property
    def current_version(self) -> DocumentVersion | None:
        """The version made last; None while none was validated or accepted."""
        return latest_version(self.exchange, self.KIND)

    @property
    def is_in_force(self) -> bool:
        """Whether it stands as it was validated or accepted: no newer version is being written."""
        raise NotImplementedError

    @property
    def version_in_force(self) -> DocumentVersion | None:
        return self.current_version if self.is_in_force else None
