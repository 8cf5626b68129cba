"""Questions in the Support Office's admin: found and moved here, read and answered on their own page."""

from dataclasses import replace
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.folding import by_name
from cxc.web.admin.base import StatefulAdmin, confirm_page, support_office
from cxc.workflow import Refused, transitions_of
from helpdesk.models import HelpMessage, HelpRequest
from helpdesk.services.messages import write_message


class MessagesInline(admin.StackedInline):
    """What was written, oldest first."""

    model = HelpMessage
    extra = 0
    can_delete = False
    fields = ("written_at", "author_role", "author", "written_for", "channel", "text", "file")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AboutFilter(admin.SimpleListFilter):
    """By the kind of record that a question is about, named in words."""

    title = gettext_lazy("about")
    parameter_name = "about"
    NOTHING = "nothing"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        kinds = HelpRequest.objects.exclude(about_kind="").order_by().values_list("about_kind", flat=True).distinct()
        named = [(kind, capfirst(str(apps.get_model(kind)._meta.verbose_name))) for kind in kinds]
        return [*sorted(named, key=lambda one: by_name(one[1])), (self.NOTHING, _("No record"))]

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[HelpRequest]") -> "QuerySet[HelpRequest]":
        if self.value() is None:
            return queryset
        return queryset.filter(about_kind="" if self.value() == self.NOTHING else self.value())


@admin.register(HelpRequest)
class HelpRequestAdmin(StatefulAdmin):
    list_display = (
        "number",
        "subject",
        "state",
        "asker_name",
        "partnership",
        "about_label",
        "waiting_since",
        "on_the_portal",
    )
    list_filter = ("state", "with_support_office", "partnership", AboutFilter, "asked_at")
    search_fields = ("=id", "subject", "visitor_name", "visitor_email", "asked_by__email", "about_label")
    list_select_related = ("asked_by", "partnership")
    date_hierarchy = "asked_at"
    exclude = ("secret",)
    inlines = (MessagesInline,)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Answering is an action too: the reason asked for is the answer."""
        return {"answer": (_answer, "answer", gettext_lazy("Answer …")), **super().get_actions(request)}


def _answer(
    modeladmin: HelpRequestAdmin, request: HttpRequest, queryset: "QuerySet[HelpRequest]"
) -> HttpResponse | None:
    """The same words to each of the chosen questions, through the service of the portal's own page."""
    text = request.POST.get("reason", "").strip()
    if "confirmed" not in request.POST or not text:
        declared = replace(transitions_of(HelpRequest)["answer"], reason=True)
        return confirm_page(modeladmin, request, queryset, declared, missing="confirmed" in request.POST)
    for question in queryset:
        try:
            write_message(question, by=support_office(request), text=text)
        except Refused as refusal:
            messages.error(request, f"{question}: {refusal}")
        else:
            messages.success(request, _("%(number)s is answered.") % {"number": question.number})
    return None
