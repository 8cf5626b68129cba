"""People: looked up, made observers or Support Office staff, anonymised; never deleted."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.confirmed_identity import confirmed_identity
from cxc.core.email_addresses import same_address
from cxc.web.admin.base import PortalAdmin, ReadOnlyAdmin, support_office
from cxc.workflow import Refused
from profiles.models import Invitation, User
from profiles.services.people import anonymise, change_sign_in_address


@method_decorator(confirmed_identity, "changeform_view")
@method_decorator(confirmed_identity, "changelist_view")
@admin.register(User)
class UserAdmin(PortalAdmin):
    list_display = ("email", "full_name", "is_support_office", "is_observer", "is_active", "date_joined")
    list_filter = ("is_support_office", "is_observer", "is_active", "date_joined")
    search_fields = ("email", "full_name")
    fields = (
        "email",
        "full_name",
        "job_title",
        "phone",
        "is_support_office",
        "is_observer",
        "is_active",
        "date_joined",
        "last_login",
        "anonymised_at",
    )
    readonly_fields = ("date_joined", "last_login", "anonymised_at")
    actions = ("anonymise_people",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People register themselves, so that their address is verified."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Somebody anonymised stays so."""
        return self.fields if obj is not None and obj.anonymised_at else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new address is the one to sign in with; the old one gets a mail."""
        old = form.initial.get("email", "")
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data and not same_address(old, obj.email):
            change_sign_in_address(obj, old=old)

    @admin.action(description=gettext_lazy("Anonymise …"))
    def anonymise_people(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset:
            try:
                anonymise(person, by=support_office(request))
            except Refused as refusal:
                messages.error(request, f"{person}: {refusal}")
            else:
                messages.success(request, _("A person was anonymised."))


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("email", "organisation", "partnership", "role", "invited_at", "accepted_at", "withdrawn_at")
    list_filter = ("invited_at", "accepted_at")
    search_fields = ("email", "organisation__legal_name", "partnership__acronym")
    list_select_related = ("organisation", "partnership")
