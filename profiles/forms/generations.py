"""Choosing a generation."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from profiles.models import Generation
from profiles.queries.generations import default_generation


class GenerationField(forms.ModelChoiceField):
    """One generation; the default one of those on offer is chosen to begin with."""

    def __init__(self, queryset: "QuerySet[Generation] | None" = None, **options: Any) -> None:
        known = Generation.objects.none() if queryset is None else queryset
        super().__init__(known, **({"label": _("Generation"), "empty_label": None} | options))

    @property
    def initial(self) -> Any:
        """What was set, else the default generation."""
        return default_generation(self.queryset or ()) if self._initial is None else self._initial

    @initial.setter
    def initial(self, value: Any) -> None:
        self._initial = value
