"""The profile's form, in steps. Each step edits some fields of the profile; all of them may wait in a draft."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cxc.core.sanitise import LONG
from cxc.core.text_fields import FreeTextFormField
from cxc.web import uploads
from cxc.web.fields import DayField
from cxc.workflow.merge import digests, values_of
from profiles import languages
from profiles.enums import ProfileState
from profiles.form_steps import FIELDS_OF_STEPS
from profiles.forms.grouped_choice import GroupedCheckboxes, GroupedChoiceField
from profiles.models import Country, ExchangeType, Partnership, Profile, Sector, Topic
from profiles.services.assignment import open_participations


class StepForm(forms.ModelForm):
    """One step. `version_read` and `base` travel with it: what was read, so that nothing is overwritten unseen."""

    version_read = forms.IntegerField(widget=forms.HiddenInput)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    # Fields that belong to this step's form alone, not to the profile's edit.
    FORM_ONLY_FIELDS: ClassVar[frozenset[str]] = frozenset({"version_read", "base"})

    # What a profile has to say before it is submitted (`requirements.missing_fields`); a draft may leave it open.
    REQUIRED_TO_SUBMIT: ClassVar[frozenset[str]] = frozenset(
        {
            "types",
            "languages",
            "available_from",
            "available_to",
            "working_days",
            "motivation",
            "description",
            "eligibility_declared",
        }
    )

    # Heading, a sentence, and the names of the fields beneath.
    SECTIONS: ClassVar[tuple[tuple[Any, Any, tuple[str, ...]], ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.REQUIRED_TO_SUBMIT & set(self.fields):
            field = self.fields[name]
            field.help_text = format_lazy("{} {}", field.help_text, _("Needed before you submit."))
        self.fields["version_read"].initial = self.instance.row_version
        self.fields["base"].initial = digest(type(self), self.instance)

    def clean(self) -> dict[str, Any]:
        super().clean()
        # A draft may be incomplete: the transitions say what is required, not the form.
        self._validate_constraints = self._validate_unique = False
        return self.cleaned_data

    def sections(self) -> list[tuple[Any, Any, list[forms.BoundField]]]:
        """The fields under their headings, as the page shows them."""
        return [
            (title, description, [self[name] for name in names if name in self.fields])
            for title, description, names in self.SECTIONS
        ]

    @property
    def valid_values(self) -> dict[str, Any]:
        """What was typed and can be saved, also while other fields still have errors."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.FORM_ONLY_FIELDS}

    def edit(self) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        """Fields and links for `services.profiles.save`."""
        valid_values = self.valid_values
        fields = {name: value for name, value in valid_values.items() if name in Profile.EDITABLE}
        return fields, {name: list(value) for name, value in valid_values.items() if name in Profile.EDITABLE_LINKS}


class ExchangeForm(StepForm):
    """What kind of exchange, when and how, with whom."""

    SECTIONS: ClassVar = (
        (_("What"), "", ("title", "types")),
        (
            _("When and how"),
            "",
            ("physical", "virtual", "available_from", "available_to", "working_days", "places"),
        ),
        (
            _("With whom"),
            _("The more you say here, the better the matches. Open a heading to see what is beneath."),
            (
                "languages",
                "own_sectors",
                "wanted_sectors",
                "cross_sector",
                "offers",
                "seeks",
                "wanted_countries",
            ),
        ),
    )

    types = forms.ModelMultipleChoiceField(
        ExchangeType.objects.all(),
        label=_("Types of exchange"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("One or more."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=languages.common_first,
        widget=GroupedCheckboxes,
        required=False,
        help_text=_("In which an exchange may be held. At least one."),
    )
    own_sectors = GroupedChoiceField(Sector, label=_("Your sectors"))
    wanted_sectors = GroupedChoiceField(Sector, label=_("Sectors you look for"))
    offers = GroupedChoiceField(Topic, label=_("What you offer"))
    seeks = GroupedChoiceField(Topic, label=_("What you seek"))
    wanted_countries = GroupedChoiceField(Country, label=_("Countries you look for"))
    available_from = DayField(label=_("First possible day"), required=False)
    available_to = DayField(label=_("Last possible day"), required=False)

    class Meta:
        model = Profile
        help_texts: ClassVar = {"working_days": _("How many days you would like to spend, at least 3.")}
        fields = FIELDS_OF_STEPS["exchange"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("A few words by which you will know this profile.")
        taking_part = self.instance.generation.countries.all()
        self.fields["wanted_countries"].limit_to(taking_part)  # type: ignore[attr-defined]
        if self.instance.is_visiting:
            del self.fields["places"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("available_from"), cleaned.get("available_to")
        if first and last and first > last:
            self.add_error("available_to", _("The last possible day is before the first."))
        return cleaned


class TextsForm(StepForm):
    """Motivation, description, CV or brochure; who looks after the profile, and the declaration."""

    SECTIONS: ClassVar = (
        (_("In your words"), "", ("motivation", "description", "brochure_file", "remove_brochure")),
        (_("Who looks after it"), "", ("partnership", "eligibility_declared")),
    )

    motivation = FreeTextFormField(
        label=_("Motivation"),
        max_length=LONG,
        required=False,
        printed=False,
        rows=6,
        help_text=_("What you would like to learn or bring, for example: to see how ports use sensors."),
    )
    description = FreeTextFormField(
        label=_("Description"),
        max_length=LONG,
        required=False,
        printed=False,
        rows=8,
        help_text=_("What your organisation does, and what a partner can expect."),
    )
    brochure_file = uploads.FileField(label=_("CV or brochure"), required=False)
    remove_brochure = forms.BooleanField(label=_("Take the present file off"), required=False)
    partnership = forms.ModelChoiceField(
        Partnership.objects.none(),
        label=_("Partnership"),
        required=False,
        empty_label=_("Let the portal choose by sector and country"),
        help_text=_("It looks at the profile, publishes it and accompanies the exchange."),
    )
    eligibility_declared = forms.BooleanField(
        label=_("We declare that the organisation may take part, and that what this profile says is true."),
        required=False,
    )

    FORM_ONLY_FIELDS: ClassVar = StepForm.FORM_ONLY_FIELDS | {"brochure_file", "remove_brochure", "partnership"}

    class Meta:
        model = Profile
        fields = FIELDS_OF_STEPS["texts"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brochure_file"].widget = forms.FileInput(attrs=uploads.input_attrs())
        if self.instance.brochure_id is None:
            del self.fields["remove_brochure"]
        if self.instance.state != ProfileState.DRAFT:
            del self.fields["partnership"]
            return
        open_partnerships = open_participations(self.instance.generation).values("partnership")
        self.fields["partnership"].queryset = Partnership.objects.filter(pk__in=open_partnerships)  # type: ignore[attr-defined]

    @property
    def removes_brochure(self) -> bool:
        """Whether the present file is to go, with no other in its place."""
        return bool(self.cleaned_data.get("remove_brochure")) and not self.cleaned_data.get("brochure_file")


@dataclass(frozen=True)
class Step:
    """One step of the form. `former_slugs`: slugs of steps that went into this one."""

    slug: str
    label: Any
    form: type[StepForm]
    former_slugs: tuple[str, ...] = ()


STEPS = (
    Step("exchange", _("Your exchange"), ExchangeForm, ("organisation", "who-and-where", "dates")),
    Step("texts", _("In your words, and submit"), TextsForm, ("partnership", "review")),
)

# The field to fill in, by the name of the requirement of submitting that is not met.
FIELD_OF_REQUIREMENT = {
    "partnership_takes_part": "partnership",
    "period_in_order": "available_from",
    "period_holds_days": "available_from",
    "eligible": "organisation",
    "declared": "eligibility_declared",
}


def digest(form: type[StepForm], profile: Profile) -> str:
    """Stands for what each of the step's fields says now (`cxc.workflow.merge`)."""
    names = [name for name in form._meta.fields or () if name in Profile.EDITABLE | Profile.EDITABLE_LINKS]
    return digests(values_of(profile, names))
