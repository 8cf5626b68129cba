"""The words of choices, without a table of all of them for each row."""

from functools import cache
from typing import Any

from django.db import models
from django.utils.encoding import force_str


class ChoiceWords(models.Model):
    """A model whose `get_…_display` looks in one table for each field, where Django makes one anew for each row."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> Any:
        value = getattr(self, field.attname)
        return force_str(_words_of(field).get(value, value), strings_only=True)


@cache
def _words_of(field: "models.Field[Any, Any]") -> dict[Any, Any]:
    """The words of its choices, said in the language that is spoken."""
    return dict(field.flatchoices)
