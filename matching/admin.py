"""Matches in the Support Office's admin."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cxc.web.admin.base import StatefulAdmin
from matching.enums import INITIATORS
from matching.models import Match


class InitiatorFilter(admin.SimpleListFilter):
    """By who initiated the match: only those who can."""

    title = _("Initiated by")
    parameter_name = "initiated_by"

    def lookups(self, _request: HttpRequest, _model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(side.value, str(side.label)) for side in INITIATORS]

    def queryset(self, _request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(initiated_by=self.value()) if self.value() else queryset


@admin.register(Match)
class MatchAdmin(StatefulAdmin):
    list_display = (
        "__str__",
        "modality",
        "state",
        "initiated_by",
        "proposed_at",
        "confirmed_at",
        "generation",
        "on_the_portal",
    )
    list_filter = ("state", "modality", InitiatorFilter, "proposed_at", "generation", "visiting_profile__partnership")
    search_fields = (
        "visiting_profile__organisation__legal_name",
        "host_profile__organisation__legal_name",
        "visiting_profile__partnership__acronym",
        "host_profile__partnership__acronym",
    )
    list_select_related = ("visiting_profile__organisation", "host_profile__organisation", "generation")
