"""Success stories in the Support Office's admin."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxc import clock
from cxc.web.admin.base import ReferenceDataAdmin, support_office
from public.models import SuccessStory


@admin.register(SuccessStory)
class SuccessStoryAdmin(ReferenceDataAdmin):
    """Who approves is kept with the story, and goes when it is taken back or the story changes."""

    list_display = ("title", "country", "sector", "is_approved", "approved_at", "approved_by")
    list_filter = ("is_approved", "country")
    list_select_related = ("country", "sector", "approved_by")
    search_fields = ("title", "text")
    autocomplete_fields = ("sector",)
    readonly_fields = ("approved_at", "approved_by")

    def save_model(self, request: HttpRequest, obj: SuccessStory, form: Any, change: bool) -> None:
        if form.initial.get("is_approved") and obj.CONTENT & set(form.changed_data):
            obj.is_approved = False
            messages.warning(request, _("The story was changed, so it is not public until it is approved again."))
        if not obj.is_approved:
            obj.approved_at = obj.approved_by = None
        elif obj.approved_at is None:
            obj.approved_at, obj.approved_by = clock.now(), support_office(request).user
        super().save_model(request, obj, form, change)
