"""Starting a profile, or copying one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor
from cxc.web.choice_by_name import ChoiceByName
from profiles.enums import ProfileKind
from profiles.forms.generations import GenerationField
from profiles.models import Organisation, Profile
from profiles.queries.generations import open_generations


class NewProfileForm(forms.Form):
    """Who, as what, in which generation. A Partnership and the Support Office start one on behalf."""

    organisation = ChoiceByName(Organisation.objects.none(), names=["legal_name"], label=_("Organisation"))
    kind = forms.ChoiceField(label=_("Do you want to visit or to host?"), choices=ProfileKind.choices)
    generation = GenerationField()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Organisation.objects.visible_to(actor)
        self.fields["organisation"].queryset = visible  # type: ignore[attr-defined]
        if actor.principal_id and len(found := visible[:2]) == 1:
            self.fields["organisation"].initial = found[0]
        self.fields["generation"].queryset = open_generations()  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    """Into which generation a profile is copied."""

    generation = GenerationField()

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = open_generations().exclude(pk=profile.generation_id)
        self.fields["generation"].queryset = others  # type: ignore[attr-defined]

    @property
    def is_possible(self) -> bool:
        """Whether there is another generation that takes profiles."""
        return self.fields["generation"].queryset.exists()  # type: ignore[attr-defined]
