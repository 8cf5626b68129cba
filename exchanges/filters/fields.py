"""What the filters of several lists share."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc.core.sanitise import whole_number
from profiles.enums import Modality
from profiles.models import Country, Generation, Partnership

REFERENCE = "CXC-"
HOST_COUNTRY = _("Host country")
SIZES = [("grouped", _("On a grouped visit")), ("single", _("On a single visit"))]


def modality(path: str = "modality") -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=_("Modality"), field_name=path, choices=Modality.choices)


def generation(path: str = "generation") -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        label=_("Generation"), field_name=path, queryset=Generation.objects.all(), to_field_name="code"
    )


def country(path: str, label: Any = HOST_COUNTRY) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(label=label, field_name=path, queryset=Country.objects.all())


def partnership(label: Any, path: str | None = None, **options: Any) -> django_filters.ModelChoiceFilter:
    """By its acronym."""
    return django_filters.ModelChoiceFilter(
        label=label, field_name=path, queryset=Partnership.objects.all(), to_field_name="acronym", **options
    )


def matching_text(text: str, *, exchange: str = "") -> Q:
    """Of an exchange at the end of a path: names of visitor and host, the visit's title, or the printed reference."""
    found = (
        Q(**{f"{exchange}organisation__legal_name__folded_contains": text})
        | Q(**{f"{exchange}visit__host_profile__organisation__legal_name__folded_contains": text})
        | Q(**{f"{exchange}visit__title__folded_contains": text})
    )
    number = whole_number(text.upper().removeprefix(REFERENCE))
    return found if number is None else found | Q(**{f"{exchange}pk": number})
