"""Forms of what only the Support Office does."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.core.text_fields import FreeTextFormField, OneLineFormField
from cxc.web import uploads
from cxc.web.fields import DayField
from profiles.forms.generations import GenerationField
from profiles.models import Generation, Partnership, Profile
from profiles.services.assignment import open_participations


class ExceptionForm(forms.Form):
    """An exception for a host SME without a cluster."""

    generation = GenerationField(Generation.objects.all())
    approved_by = OneLineFormField(label=_("Approved by"))
    approved_on = DayField(label=_("Approved on"))
    file = uploads.FileField(label=_("File"))


class ReassignForm(forms.Form):
    """Another Partnership for a profile, with the reason."""

    partnership = forms.ModelChoiceField(Partnership.objects.none(), label=_("Partnership"), empty_label=None)
    reason = FreeTextFormField(label=_("Reason"), printed=False, rows=3)

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_partnerships = open_participations(profile.generation).exclude(partnership=profile.partnership_id)
        others = Partnership.objects.filter(pk__in=open_partnerships.values("partnership"))
        self.fields["partnership"].queryset = others  # type: ignore[attr-defined]
