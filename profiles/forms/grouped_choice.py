"""Fields that choose several of many reference rows: checkboxes in groups that fold, without scripts."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from profiles.models import Sector, Topic


class GroupedCheckboxes(forms.SelectMultiple):
    """Checkboxes in groups that fold; a group with a checked box is open."""

    template_name = "profiles/widgets/grouped_checkboxes.html"
    # Many fields under one name: a fieldset with a legend, for no label may stand for a <div>.
    use_fieldset = True

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class _Grouped(forms.models.ModelChoiceIterator):
    """Choices under the headings that their rows name."""

    def __iter__(self) -> Iterator[Any]:
        for heading, rows in groupby(self.queryset, key=_heading):
            yield (heading, [self.choice(row) for row in rows])


def _heading(row: models.Model) -> str:
    if isinstance(row, Sector):
        return f"{row.section} · {_(row.section_title)}"
    return _(row.group) if isinstance(row, Topic) else ""


class GroupedChoiceField(forms.ModelMultipleChoiceField):
    """Several sectors, topics or countries."""

    iterator = _Grouped
    widget = GroupedCheckboxes

    def __init__(self, of: type[models.Model], **kwargs: Any) -> None:
        super().__init__(of._default_manager.all(), required=False, **kwargs)

    def limit_to(self, rows: models.QuerySet) -> None:
        """Offer only these."""
        self.queryset = rows
