"""Reference data: countries, ceilings, sectors, types, topics, generations."""

from itertools import pairwise

from django.contrib import admin
from django.forms import BaseInlineFormSet, CheckboxSelectMultiple, ModelForm, MultipleChoiceField
from django.utils.translation import gettext as _

from cxc.web.admin.base import AutocompleteMixin, ReferenceDataAdmin
from profiles.enums import OrganisationKind
from profiles.models import Country, ExchangeType, Generation, LumpSumCeiling, Participation, Sector, Topic


class CeilingFormSet(BaseInlineFormSet):
    """The ceilings of one country: one at a time, among those typed at once too."""

    def clean(self) -> None:
        super().clean()
        filled = [form for form in self.forms if form.is_valid() and form.cleaned_data.get("valid_from")]
        rows = [form for form in filled if not form.cleaned_data.get("DELETE")]
        rows.sort(key=lambda form: form.cleaned_data["valid_from"])
        for before, after in pairwise(rows):
            end = before.cleaned_data["valid_to"]
            if end is None or end >= after.cleaned_data["valid_from"]:
                after.add_error("valid_from", _("The ceiling before is still valid on this day: end that one first."))


class CeilingInline(admin.StackedInline):
    model = LumpSumCeiling
    formset = CeilingFormSet
    extra = 0


@admin.register(Country)
class CountryAdmin(ReferenceDataAdmin):
    list_display = ("code", "name", "time_zone", "has_iban")
    search_fields = ("code", "name")
    inlines = (CeilingInline,)


@admin.register(LumpSumCeiling)
class LumpSumCeilingAdmin(ReferenceDataAdmin):
    list_display = ("country", "amount", "valid_from", "valid_to")
    list_filter = ("valid_from", "country")
    search_fields = ("country__name", "country__code")
    list_select_related = ("country",)


@admin.register(Sector)
class SectorAdmin(ReferenceDataAdmin):
    list_display = ("code", "title", "section", "section_title")
    list_filter = ("section",)
    search_fields = ("code", "title")


@admin.register(ExchangeType)
class ExchangeTypeAdmin(ReferenceDataAdmin):
    list_display = ("name", "code")
    search_fields = ("name", "code")


@admin.register(Topic)
class TopicAdmin(ReferenceDataAdmin):
    list_display = ("name", "group", "code")
    list_filter = ("group",)
    search_fields = ("name", "group")


class GenerationForm(ModelForm):
    """Kinds as boxes to tick; the database keeps them as a list."""

    visitor_kinds = MultipleChoiceField(choices=OrganisationKind.choices, widget=CheckboxSelectMultiple)
    host_kinds = MultipleChoiceField(choices=OrganisationKind.choices, widget=CheckboxSelectMultiple)

    class Meta:
        model = Generation
        fields = (
            "code",
            "name",
            "first_day",
            "last_day",
            "last_virtual_day",
            "countries",
            "visitor_kinds",
            "host_kinds",
            "min_working_days",
            "max_stay_months",
        )


class ParticipationInline(AutocompleteMixin, admin.StackedInline):
    model = Participation
    extra = 0
    autocomplete_fields = ("partnership",)


@admin.register(Generation)
class GenerationAdmin(ReferenceDataAdmin):
    form = GenerationForm
    list_display = ("name", "code", "first_day", "last_day", "last_virtual_day", "min_working_days")
    search_fields = ("name", "code")
    filter_horizontal = ("countries",)
    readonly_fields = ("physical_per_visitor",)
    inlines = (ParticipationInline,)


@admin.register(Participation)
class ParticipationAdmin(ReferenceDataAdmin):
    """Extending a Partnership's last day opens its participation again."""

    list_display = ("partnership", "generation", "target", "last_day", "grant_agreement_number")
    list_filter = ("generation", "last_day")
    search_fields = ("partnership__acronym", "partnership__full_name")
    list_select_related = ("partnership", "generation")
    autocomplete_fields = ("partnership",)
