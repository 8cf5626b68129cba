"""A Commitment to Quality as it was validated: one version of each part, and its signatures."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.enums import CTQ_PARTIES
from exchanges.models.documents.base import DocumentVersion
from exchanges.models.exchange import Exchange


class CtqVersion(DocumentVersion):
    """A CTQ made of one version of the shared and one of the own part.

    An editorial version keeps the signatures of the version it follows (`follows`).
    """

    PARTIES: ClassVar = CTQ_PARTIES

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="ctq_versions")
    shared_version = models.PositiveIntegerField()
    own_version = models.PositiveIntegerField()
    is_editorial = models.BooleanField(_("editorial"), default=False)
    follows = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("CTQ version")
        verbose_name_plural = _("CTQ versions")
        ordering: ClassVar = ["exchange", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exchange", "number"], name="one_ctq_a_number"),
            models.CheckConstraint(
                condition=models.Q(is_editorial=False) | models.Q(follows__isnull=False),
                name="editorial_version_follows_another",
            ),
        ]

    def __str__(self) -> str:
        return f"CTQ {self.exchange.reference}, {_('version')} {self.number}"

    @property
    def part_version(self) -> int:
        return self.own_version

    def chain(self) -> list["CtqVersion"]:
        """This version and, back to the one that was signed, those it follows editorially."""
        chain = [self]
        if self.is_editorial:
            others = {version.pk: version for version in self.exchange.ctq_versions.all()}
            while chain[-1].is_editorial and chain[-1].follows_id is not None:
                chain.append(others[chain[-1].follows_id])
        return chain

    def valid_signatures(self) -> list[Any]:
        return [signature for version in self.chain() for signature in version.signatures.all()]
