"""The clauses of documents as the Support Office words them, in versions."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models.text import FreeTextField, OneLineField
from exchanges import clauses
from exchanges.enums import ClauseKind
from profiles.models import Generation


class DocumentClauses(models.Model):
    """One version of the clauses of one kind of document, in one generation or in all that have none of their own.

    A version is added, never changed: a document keeps the clauses it was made with by value, and this row tells
    where they come from.
    """

    kind = models.CharField(_("document"), max_length=20, choices=ClauseKind.choices)
    generation = models.ForeignKey(
        Generation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("generation"),
        help_text=_("Empty: for every generation that has no clauses of its own."),
    )
    number = models.PositiveIntegerField(_("version"), editable=False)
    text = FreeTextField(
        _("text"),
        max_length=40_000,
        help_text=_(
            "An empty line parts clauses. A line that begins with ## is a heading, **words** at the beginning of a"
            " clause are its title, {placeholders} are filled in from the exchange."
        ),
    )
    valid_from = models.DateField(_("valid from"), default=clock.today)
    note = OneLineField(_("what changed"), blank=True)
    made_at = models.DateTimeField(_("entered at"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("clauses of documents")
        verbose_name_plural = _("clauses of documents")
        ordering: ClassVar = ["kind", "generation", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "generation", "number"], nulls_distinct=False, name="one_text_a_version_of_clauses"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=ClauseKind.values), name="clause_kind_exists"),
            models.CheckConstraint(condition=~models.Q(text=""), name="clauses_have_text"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {_('version')} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take the next number of this kind and generation."""
        with transaction.atomic():
            if self.number is None:
                # All of this kind are locked, so that two people don't take the same number.
                same = DocumentClauses.objects.select_for_update().filter(kind=self.kind).order_by()
                taken = [row.number for row in same if row.generation_id == self.generation_id]
                self.number = max(taken, default=0) + 1
            super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuses unknown placeholders and a text that can't be laid out."""
        super().clean()
        if self.kind in clauses.PLACEHOLDERS and (problem := clauses.text_problem(self.kind, self.text)):
            raise ValidationError({"text": problem})
        day: date | None = self.valid_from
        if day is not None and day < clock.today():
            raise ValidationError({"valid_from": _("Documents were made since then. Enter today or a later day.")})

    @classmethod
    def in_force(cls, kind: str, generation: Generation, day: date) -> "DocumentClauses | None":
        """The clauses for documents made on this day: the generation's own before those of all."""
        rows = cls.objects.filter(kind=kind, valid_from__lte=day).filter(
            models.Q(generation=generation) | models.Q(generation=None)
        )
        return rows.order_by(models.F("generation").asc(nulls_last=True), "-valid_from", "-number").first()
