"""The profile's form, in steps. Each step edits some fields of the profile; all of them may wait in a draft."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.ground import uploads
from profiles import languages
from profiles.enums import ProfileState
from profiles.forms.choosing import GroupedChoiceField
from profiles.models import Country, ExchangeType, Partnership, Profile, Sector, Topic
from profiles.services.assignment import open_participations

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StepForm(forms.ModelForm):
    """One step. `version_read` and `base` travel with it: what was read, so that nothing is overwritten unseen."""

    version_read = forms.IntegerField(widget=forms.HiddenInput)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    # Fields that belong to this step's form alone, not to the profile's edit.
    OTHER: ClassVar[frozenset[str]] = frozenset({"version_read", "base"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version_read"].initial = self.instance.row_version
        self.fields["base"].initial = digest(type(self), self.instance)

    def clean(self) -> dict[str, Any]:
        super().clean()
        # A draft may be incomplete: the moves say what is required, not the form.
        self._validate_constraints = self._validate_unique = False
        return self.cleaned_data

    @property
    def good(self) -> dict[str, Any]:
        """What was typed and can be saved, also while other fields still have errors."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.OTHER}

    def edit(self) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        """Fields and links for `services.profiles.save`."""
        good = self.good
        fields = {name: value for name, value in good.items() if name in Profile.EDITABLE}
        return fields, {name: list(value) for name, value in good.items() if name in Profile.EDITABLE_LINKS}


class ExchangeForm(StepForm):
    """What kind of exchange."""

    class Meta:
        model = Profile
        fields = ("title", "types")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("A few words by which you will know this profile.")
        self.fields["types"] = forms.ModelMultipleChoiceField(
            ExchangeType.objects.all(),
            label=_("Types of exchange"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=self.initial.get("types"),
        )


class WhoAndWhereForm(StepForm):
    """Sectors, topics, languages, countries."""

    own_sectors = GroupedChoiceField(Sector, label=_("Your sectors"))
    wanted_sectors = GroupedChoiceField(Sector, label=_("Sectors you look for"))
    offers = GroupedChoiceField(Topic, label=_("What you offer"))
    seeks = GroupedChoiceField(Topic, label=_("What you seek"))
    wanted_countries = GroupedChoiceField(Country, label=_("Countries you look for"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=languages.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Profile
        fields = (
            "own_sectors",
            "wanted_sectors",
            "cross_sector",
            "offers",
            "seeks",
            "languages",
            "wanted_countries",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taking_part = self.instance.generation.countries.all()
        self.fields["wanted_countries"].limit_to(taking_part)  # type: ignore[attr-defined]


class DatesForm(StepForm):
    """When, for how long, in which way."""

    class Meta:
        model = Profile
        fields = ("physical", "virtual", "available_from", "available_to", "working_days", "places")
        widgets: ClassVar = {"available_from": _DAY, "available_to": _DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_visiting:
            del self.fields["places"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("available_from"), cleaned.get("available_to")
        if first and last and first > last:
            self.add_error("available_to", _("The last possible day is before the first."))
        for name in ("available_from", "available_to"):
            if (day := cleaned.get(name)) and not _in_this_age(day):
                self.add_error(name, _("Enter a day of this century."))
        return cleaned


def _in_this_age(day: date) -> bool:
    return 2000 <= day.year < 2100


class TextsForm(StepForm):
    """Motivation, description, CV or brochure."""

    motivation = forms.CharField(
        label=_("Motivation"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    description = forms.CharField(
        label=_("Description"), max_length=10000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    brochure_file = uploads.FileField(label=_("CV or brochure"), required=False)
    brochure_off = forms.BooleanField(label=_("Take the present file off"), required=False)

    OTHER: ClassVar = StepForm.OTHER | {"brochure_file", "brochure_off"}

    class Meta:
        model = Profile
        fields = ("motivation", "description")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brochure_file"].widget = forms.FileInput(attrs={"accept": uploads.ACCEPT})
        if self.instance.brochure_id is None:
            del self.fields["brochure_off"]

    @property
    def takes_off(self) -> bool:
        """Whether the present file is to go, with no other in its place."""
        return bool(self.cleaned_data.get("brochure_off")) and not self.cleaned_data.get("brochure_file")


class PartnershipForm(StepForm):
    """Who looks after the profile, and the declaration."""

    partnership = forms.ModelChoiceField(
        Partnership.objects.none(),
        label=_("Partnership"),
        required=False,
        empty_label=_("Let the portal choose by sector and country"),
    )
    eligibility_declared = forms.BooleanField(
        label=_("We declare that the organisation may take part, and that what this profile says is true."),
        required=False,
    )

    OTHER: ClassVar = StepForm.OTHER | {"partnership"}

    class Meta:
        model = Profile
        fields = ("partnership", "eligibility_declared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.state != ProfileState.DRAFT:
            del self.fields["partnership"]
            return
        open_ones = open_participations(self.instance.generation).values("partnership")
        self.fields["partnership"].queryset = Partnership.objects.filter(pk__in=open_ones)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Step:
    """One step of the form; `form` None where there is nothing to fill in. `places`: what is put right here."""

    slug: str
    label: Any
    form: type[StepForm] | None
    places: tuple[str, ...] = ()


STEPS = (
    Step("exchange", _("The exchange"), ExchangeForm, ("profile",)),
    Step("organisation", _("Your organisation"), None, ("organisation",)),
    Step("who-and-where", _("Who and where"), WhoAndWhereForm),
    Step("dates", _("Dates"), DatesForm, ("period", "places")),
    Step("texts", _("Texts"), TextsForm),
    Step("partnership", _("Partnership"), PartnershipForm, ("partnership", "declaration")),
    Step("review", _("Review"), None),
)


def digest(form: type[StepForm], profile: Profile) -> str:
    """Stands for what the step's fields say now: changed by nobody means equal."""
    names = [name for name in form._meta.fields or () if name in Profile.EDITABLE | Profile.EDITABLE_LINKS]
    return hashlib.sha256(repr([said(profile, name) for name in names]).encode()).hexdigest()[:16]


def said(profile: Profile, name: str) -> Any:
    """What a field says, as plain values that can be compared."""
    if name in Profile.EDITABLE_LINKS:
        return sorted(str(pk) for pk in getattr(profile, name).values_list("pk", flat=True))
    value = getattr(profile, name)
    return sorted(value) if isinstance(value, list) else value
