"""A choice among rows: from a list where they are few, else by a name that is typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.folding import folded
from cxc.core.sanitise import storable, whole_number

LONGEST_LIST = 500
MOST_NAMED = 5


class ChoiceByName(forms.ModelChoiceField):
    """A list of at most 500 rows. With more, a text field takes a name, an unambiguous part of it, or the id.

    `names`: paths to the columns that are searched; the id is the row's key, as in the address of its page.
    """

    def __init__(self, queryset: QuerySet[Any], *, names: Sequence[str], **options: Any) -> None:
        super().__init__(queryset, **options)
        self.names = names
        self.is_typed = False

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Whether the list is short is asked when the field is used, of the rows that the form has given it."""
        if not self.is_typed and len(self._rows().order_by().values_list("pk")[: LONGEST_LIST + 1]) > LONGEST_LIST:
            self.is_typed = True
            self.widget = forms.TextInput({"autocomplete": "off", **self.widget.attrs})
            hint = gettext_lazy("Write its name, or a part of it.")
            self.help_text = format_lazy("{} {}", self.help_text, hint) if self.help_text else hint
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value: Any) -> Any:
        """The name of a row that is known by its key."""
        if not self.is_typed:
            return super().prepare_value(value)
        key = value.pk if isinstance(value, Model) else whole_number(value)
        row = self._rows().filter(pk=key).first() if key else None
        return value if row is None else _label(row)

    def to_python(self, value: Any) -> Any:
        if not self.is_typed or value in self.empty_values or isinstance(value, Model):
            return super().to_python(value)
        typed = storable(str(value)).strip()
        numbered = self._with_id(typed.rpartition("(")[2].rstrip(")"))
        return next((row for row in numbered if folded(_label(row)) == folded(typed)), None) or self._named(typed)

    def _named(self, typed: str) -> Any:
        """The one row with this name, this id, or this in its name. ValidationError where there is none, or several."""
        for found in (
            self._found("folded", folded(typed)),
            self._with_id(typed),
            self._found("folded_contains", typed),
        ):
            if len(found) == 1:
                return found[0]
            if found:
                raise ValidationError(_ambiguity_message(found[:MOST_NAMED]))
        raise ValidationError(_("No name matches. Check the spelling."))

    def _found(self, lookup: str, wanted: str) -> list[Any]:
        condition = Q()
        for name in self.names:
            condition |= Q(**{f"{name}__{lookup}": wanted})
        return list(self._rows().filter(condition)[: MOST_NAMED + 1])

    def _with_id(self, typed: str) -> list[Any]:
        key = whole_number(typed)
        return list(self._rows().filter(pk=key)) if key else []

    def _rows(self) -> QuerySet[Any]:
        assert self.queryset is not None
        return self.queryset.all()


def _label(row: Any) -> str:
    return f"{row} ({row.pk})"


def _ambiguity_message(rows: Sequence[Any]) -> str:
    names = ", ".join(f"“{_label(row)}”" for row in rows)
    return _("Several names match. Enter one of them with its number: %(names)s.") % {"names": names}
