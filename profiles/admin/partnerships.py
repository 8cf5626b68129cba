"""Partnerships with their pay-out rule, participation and people."""

from django.contrib import admin
from django.utils.decorators import method_decorator

from cxc.access.confirmed_identity import confirmed_identity
from cxc.web.admin.base import AutocompleteMixin, ReferenceDataAdmin
from profiles.models import CoordinatingOrganisation, Participation, Partnership, PartnershipMembership, PayoutStep


class CoordinatingInline(admin.StackedInline):
    model = CoordinatingOrganisation
    extra = 0


class PayoutInline(admin.StackedInline):
    model = PayoutStep
    extra = 0


class MembersInline(AutocompleteMixin, admin.StackedInline):
    model = PartnershipMembership
    extra = 0
    autocomplete_fields = ("user",)
    exclude = ("joined_at",)


class ParticipationInline(admin.StackedInline):
    model = Participation
    extra = 0


@method_decorator(confirmed_identity, "changeform_view")
@admin.register(Partnership)
class PartnershipAdmin(ReferenceDataAdmin):
    list_display = ("acronym", "full_name", "seat", "note")
    list_filter = ("participations__generation", "seat")
    search_fields = ("acronym", "full_name")
    list_select_related = ("seat",)
    filter_horizontal = ("clusters", "sectors", "countries")
    inlines = (CoordinatingInline, PayoutInline, MembersInline, ParticipationInline)
