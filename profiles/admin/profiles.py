"""Profiles in the admin of the Support Office."""

from django.contrib import admin

from cxc.web.admin.base import StatefulAdmin
from profiles.models import Profile


@admin.register(Profile)
class ProfileAdmin(StatefulAdmin):
    list_display = (
        "organisation",
        "kind",
        "state",
        "partnership",
        "generation",
        "submitted_at",
        "published_at",
        "on_the_portal",
    )
    list_filter = (
        "state",
        "kind",
        "created_at",
        "generation",
        "partnership",
        "organisation__country",
        "organisation__kind",
    )
    search_fields = ("organisation__legal_name", "title", "partnership__acronym")
    list_select_related = ("organisation", "partnership", "generation")
