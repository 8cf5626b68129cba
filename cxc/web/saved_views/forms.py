"""The forms that save and rename a view of a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.core.text_fields import OneLineFormField
from cxc.web.models import MAX_NAME


class RenameForm(forms.Form):
    """The name of a saved view."""

    name = OneLineFormField(label=_("Name"), max_length=MAX_NAME, printed=False)


class SavedViewForm(RenameForm):
    """The name under which a list is saved, and whether the list opens with it."""

    use_required_attribute = False
    prefix = "saved_view"

    is_default = forms.BooleanField(label=_("Open this list with this view"), required=False)
