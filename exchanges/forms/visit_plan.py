"""The form of “fill this visit”."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.forms.plans import MethodForm


class VisitPlanForm(MethodForm):
    """For how many places, and how the visitors are chosen."""

    places = forms.IntegerField(label=_("Places to fill"), min_value=1)
    field_order = ("places", "plan_method", "min_fit")

    def __init__(self, *args: Any, free: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].initial = free
        self.fields["places"].help_text = _("%(free)s are left.") % {"free": free}
