"""Lost second factors: asked for here by one person of the Support Office, answered here by another."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.confirmed_identity import confirmed_identity
from cxc.web.admin.base import AutocompleteMixin, PortalAdmin, support_office
from cxc.workflow import Refused
from profiles.models import SecondFactorReset
from profiles.services import factor_resets


@method_decorator(confirmed_identity, "changeform_view")
@method_decorator(confirmed_identity, "changelist_view")
@admin.register(SecondFactorReset)
class SecondFactorResetAdmin(AutocompleteMixin, PortalAdmin):
    list_display = ("person", "reason", "asked_by", "asked_at", "answered_by", "answered_at", "is_refused")
    list_filter = ("is_refused", "asked_at")
    list_select_related = ("person", "asked_by", "answered_by")
    search_fields = ("person__email", "person__full_name")
    autocomplete_fields = ("person",)
    fields = ("person", "reason")
    actions = ("remove_factors", "refuse")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The rows are the log."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SecondFactorReset, form: Any, change: bool) -> None:
        made = factor_resets.ask_for_reset(obj.person, reason=obj.reason, by=support_office(request))
        obj.pk, obj.asked_by = made.pk, made.asked_by

    @admin.action(description=gettext_lazy("Remove the second factors"))
    def remove_factors(self, request: HttpRequest, queryset: QuerySet[SecondFactorReset]) -> None:
        """What somebody else asked for is carried out."""
        self._each(request, queryset, factor_resets.carry_out, _("Second factors removed and sessions ended."))

    @admin.action(description=gettext_lazy("Refuse"))
    def refuse(self, request: HttpRequest, queryset: QuerySet[SecondFactorReset]) -> None:
        """What somebody else asked for is not done."""
        self._each(request, queryset, factor_resets.refuse, _("Request refused."))

    def _each(
        self, request: HttpRequest, queryset: QuerySet[SecondFactorReset], answer: Callable[..., None], done: str
    ) -> None:
        for reset in queryset:
            try:
                answer(reset, by=support_office(request))
            except Refused as refusal:
                messages.error(request, f"{reset}: {refusal}")
            else:
                messages.success(request, f"{reset}: {done}")
