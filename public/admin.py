"""Success stories in the Support Office's admin."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxc.web.admin.base import ReferenceDataAdmin, support_office
from public.models import SuccessStory


@admin.register(SuccessStory)
class SuccessStoryAdmin(ReferenceDataAdmin):
    """Whoever saves a story as approved has approved it (`SuccessStory.record_approval`)."""

    list_display = ("title", "country", "sector", "is_approved", "approved_at", "approved_by")
    list_filter = ("is_approved", "country")
    list_select_related = ("country", "sector", "approved_by")
    search_fields = ("title", "text")
    autocomplete_fields = ("sector",)
    readonly_fields = ("approved_at", "approved_by")

    def save_model(self, request: HttpRequest, obj: SuccessStory, form: Any, change: bool) -> None:
        user = support_office(request).user
        assert user is not None
        if not obj.record_approval(by=user, changed=form.changed_data):
            messages.warning(request, _("The story was changed, so it is not public until it is approved again."))
        super().save_model(request, obj, form, change)
