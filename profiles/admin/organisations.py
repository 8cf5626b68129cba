"""Organisations and eligibility exceptions in the admin of the Support Office."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from cxc.web.admin.base import ReadOnlyAdmin, ReferenceDataAdmin
from profiles.models import EligibilityException, Membership, Organisation


class MembersInline(admin.StackedInline):
    """Looked at here, changed on the organisation's team page, which keeps an owner in place."""

    model = Membership
    extra = 0
    fields = readonly_fields = ("user", "role", "is_signatory", "joined_at")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(ReferenceDataAdmin):
    """Kind, country and cluster change on the portal's own page: every profile has to agree there. So does the consent
    to be named in public, which keeps who gave it."""

    list_display = ("legal_name", "kind", "country", "city", "cluster", "sector")
    list_filter = ("kind", "country")
    search_fields = ("legal_name", "registration_number", "website", "city")
    list_select_related = ("country", "cluster__country", "sector")
    readonly_fields = ("kind", "country", "cluster", "named_in_public")
    inlines = (MembersInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An organisation is registered by somebody who then owns it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(EligibilityException)
class EligibilityExceptionAdmin(ReadOnlyAdmin):
    list_display = ("organisation", "generation", "approved_by", "approved_on")
    list_filter = ("generation",)
    search_fields = ("organisation__legal_name", "approved_by")
    list_select_related = ("organisation", "generation")
