"""Which ways of signing count, for each generation and document."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.enums import SignatureMethod
from profiles.models import Generation


class SignatureMethods(models.Model):
    """The ways in which one document is signed in one generation; where there is no row, all count.

    kind  which document it is; declared in `exchanges/documents/kinds.py`
    """

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="+", verbose_name=_("generation"))
    kind = models.CharField(_("document"), max_length=20)
    methods = ArrayField(
        models.CharField(max_length=10, choices=SignatureMethod.choices), verbose_name=_("ways of signing that count")
    )

    class Meta:
        verbose_name = _("ways of signing a document")
        verbose_name_plural = _("ways of signing documents")
        ordering: ClassVar = ["generation", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["generation", "kind"], name="methods_once_for_a_document"),
            models.CheckConstraint(
                condition=models.Q(methods__contained_by=SignatureMethod.values) & ~models.Q(methods=[]),
                name="known_methods_of_signing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind.upper()}, {self.generation}"
