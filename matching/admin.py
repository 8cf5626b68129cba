"""Matches in the Support Office's admin."""

from django.contrib import admin

from cxc.ground.admin import MovingAdmin
from matching.models import Match


@admin.register(Match)
class MatchAdmin(MovingAdmin):
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
    list_filter = ("state", "modality", "initiated_by", "generation", "visiting_profile__partnership")
    search_fields = (
        "visiting_profile__organisation__legal_name",
        "host_profile__organisation__legal_name",
        "visiting_profile__partnership__acronym",
        "host_profile__partnership__acronym",
    )
    list_select_related = ("visiting_profile__organisation", "host_profile__organisation", "generation")
    date_hierarchy = "proposed_at"
