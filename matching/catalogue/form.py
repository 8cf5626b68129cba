"""The form of the catalogue: what an address may ask for, and the sentence for what can't be read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.web.fields import DayField
from matching.catalogue.multi_choice import MultiChoice
from matching.catalogue.options import FilterOptions
from profiles import languages
from profiles.enums import Modality, OrganisationKind, ProfileKind
from profiles.models import Profile

UNKNOWN = {"invalid_choice": gettext_lazy("“%(value)s” is not one of the choices.")}
ORDERS = (("date", gettext_lazy("Newest")), ("name", gettext_lazy("Name")), ("fit", gettext_lazy("Best fit")))
MAX_PLACES = 1000
# What most people ask for; all else is folded.
_FIRST_FIELDS = ("q", "kind", "for", "country", "sector", "neighbours", "type")


def _choice(label: Any, choices: Any, empty: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False, error_messages=UNKNOWN)


def _multi_choice(label: Any, choices: Any = ()) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=MultiChoice)


def _date(label: Any) -> DayField:
    return DayField(label=label, required=False)


def _checkbox(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class CatalogueForm(forms.Form):
    """Every filter of the catalogue. The order of the fields is the order of the canonical address."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Each must be found. “In quotes”: just so. A minus before a word: without it."),
    )
    kind = _choice(gettext_lazy("Looking for"), ProfileKind.choices, gettext_lazy("Both"))
    country = _multi_choice(gettext_lazy("Country"))
    sector = _multi_choice(gettext_lazy("Sector"))
    neighbours = _checkbox(gettext_lazy("Sectors of the same section too"))
    type = _multi_choice(gettext_lazy("Type of exchange"))
    offers = _multi_choice(gettext_lazy("Offers"))
    seeks = _multi_choice(gettext_lazy("Seeks"))
    language = _multi_choice(gettext_lazy("Language"), languages.choices)
    organisation_kind = _multi_choice(gettext_lazy("Kind of organisation"), OrganisationKind.choices)
    modality = _choice(gettext_lazy("Modality"), Modality.choices, gettext_lazy("Either"))
    free_from = _date(gettext_lazy("Free between"))
    free_to = _date(gettext_lazy("and"))
    places = forms.IntegerField(
        label=gettext_lazy("Places free (hosts)"), required=False, min_value=1, max_value=MAX_PLACES
    )
    generation = _multi_choice(gettext_lazy("Generation"))
    partnership = _multi_choice(gettext_lazy("Partnership"))
    bookmarked = _checkbox(gettext_lazy("Bookmarked only"))
    hidden = _checkbox(gettext_lazy("Also those “not for me”"))
    order = _choice(gettext_lazy("Order"), ORDERS, gettext_lazy("Newest"))

    def __init__(self, data: QueryDict, *, options: FilterOptions, own: Sequence[Profile]) -> None:
        super().__init__(data)
        for name in ("country", "type", "generation", "partnership"):
            self.fields[name].choices = options.flat(name)  # type: ignore[attr-defined]
        self.fields["sector"].choices = options.grouped("sector")  # type: ignore[attr-defined]
        for name in ("offers", "seeks"):
            self.fields[name].choices = options.grouped("topic")  # type: ignore[attr-defined]
        self.own = {str(profile.pk): profile for profile in own}
        choices = [(value, _profile_label(profile)) for value, profile in self.own.items()]
        # Named by a word that Python keeps for itself.
        self.fields["for"] = _choice(gettext_lazy("For"), choices, gettext_lazy("Nobody in particular"))
        self.order_fields(["q", "kind", "for"])

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """Those that are always shown."""
        return [field for field in self if field.name in _FIRST_FIELDS]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Those that are folded until one of them is set."""
        return [field for field in self if field.name not in _FIRST_FIELDS and field.name != "order"]

    @property
    def has_more_set(self) -> bool:
        """Whether one of the folded fields is set or refused."""
        return any(field.data or field.errors for field in self.more_fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("free_from"), cleaned.get("free_to")
        if first and last and first > last:
            self.add_error("free_to", _("The last day is before the first."))
        return cleaned


def _profile_label(profile: Profile) -> str:
    name = f"{profile.organisation} ({profile.title})" if profile.title else str(profile.organisation)
    return f"{name} · {profile.get_kind_display()}"
