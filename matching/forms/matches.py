"""Forms of proposals, answers and priorities."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.core.days import future_day_error, today_in
from cxc.core.text_fields import FreeTextFormField, OneLineFormField
from cxc.web.fields import DayField
from matching.enums import Criterion
from matching.models import Priorities
from profiles.enums import Modality
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet


class ProfileChoice(forms.ModelChoiceField):
    """A profile by its organisation, and its title where it has one."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.organisation} ({obj.title})" if obj.title else str(obj.organisation)


class ProposeForm(forms.Form):
    """For which of one's own profiles, in which modality, and a message."""

    mine = ProfileChoice(queryset=Profile.objects.none(), label=_("For the profile of"))
    modality = forms.ChoiceField(choices=Modality.choices, label=_("Modality"))
    message = FreeTextFormField(
        label=_("Message"),
        required=False,
        printed=False,
        rows=5,
        help_text=_("Why the two fit, what you would like to do together. The other side reads it."),
    )

    def __init__(self, *args: Any, mine: ProfileQuerySet, other: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mine"].queryset = mine  # type: ignore[attr-defined]
        offered = {Modality.PHYSICAL: other.physical, Modality.VIRTUAL: other.virtual}
        self.fields["modality"].choices = [(m.value, m.label) for m in Modality if offered[m]]  # type: ignore[attr-defined]


class GivenOutsideForm(forms.Form):
    """When and how a side said yes outside the portal."""

    on = DayField(label=_("Said yes on"))
    how = OneLineFormField(label=_("How"), help_text=_("By telephone, by e-mail, at a meeting …"))

    def __init__(self, *args: Any, side: Profile, **kwargs: Any) -> None:
        """`side`: the profile whose holder said yes."""
        super().__init__(*args, **kwargs)
        self.country = side.organisation.country
        self.fields["on"].initial = today_in(self.country)

    def clean_on(self) -> date:
        """Not after today where the side is at home."""
        day: date = self.cleaned_data["on"]
        if problem := future_day_error(day, self.country):
            raise forms.ValidationError(problem)
        return day


class PrioritiesForm(forms.ModelForm):
    """How much each criterion matters to the holder of a profile."""

    class Meta:
        model = Priorities
        fields = tuple(str(criterion) for criterion in Criterion)
