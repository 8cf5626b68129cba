"""Forms of plans."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor
from cxc.core.text_fields import FreeTextFormField
from matching.enums import PlanMethod
from matching.queries.own_profiles import own_published
from matching.services.plans.requests import SCOPES
from profiles.enums import Modality
from profiles.forms.generations import GenerationField
from profiles.models import Generation

METHODS = (
    (PlanMethod.GREATEST_TOTAL, _("The greatest total fit: best for all together, some pairs would rather swap")),
    (PlanMethod.STABLE, _("No pair would rather swap: each as its own wishes have it, the total is smaller")),
)


class MethodForm(forms.Form):
    """How the pairs are chosen."""

    plan_method = forms.ChoiceField(
        label=_("How the pairs are chosen"),
        choices=METHODS,
        initial=PlanMethod.GREATEST_TOTAL,
        widget=forms.RadioSelect,
        help_text=_("Both totals are shown beside the draft, whichever you choose."),
    )
    min_fit = forms.IntegerField(
        label=_("Least fit of a pair"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=_("Of 100. Pairs that fit less are left out."),
    )


class PlanForm(MethodForm):
    """Who is matched: own visitors or own hosts, for the Support Office everybody of a generation."""

    generation = GenerationField()
    scope = forms.ChoiceField(label=_("Who is matched"), widget=forms.RadioSelect)
    modality = forms.ChoiceField(label=_("Modality"), choices=Modality.choices, widget=forms.RadioSelect)
    field_order = ("generation", "scope", "modality", "plan_method", "min_fit")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = SCOPES[actor.principal]
        found = Generation.objects.filter(pk__in=own_published(actor).order_by().values("generation"))
        self.fields["generation"].queryset = found  # type: ignore[attr-defined]
        self.fields["scope"].choices = [(scope.value, scope.label) for scope in scopes]  # type: ignore[attr-defined]
        self.fields["scope"].initial = scopes[0]
        self.fields["modality"].initial = Modality.PHYSICAL


class PartnerForm(forms.Form):
    """One of those who may be proposed, by number."""

    partner = forms.TypedChoiceField(label=_("With whom"), coerce=int)

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = choices  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """The words that go with every proposal."""

    message = FreeTextFormField(
        label=_("Message with each proposal"),
        required=False,
        printed=False,
        rows=3,
        help_text=_("Both sides of every pair read it."),
    )
