"""The admin's pages of the records that all apps share."""

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.backups.models import Backup
from cxc.comms import delivery
from cxc.comms.models import Mail
from cxc.core.models import HolidayChange, SchemeSettings, StoredFile
from cxc.messaging.models import Message
from cxc.seals.models import SealCertificate
from cxc.web import virus_scanner
from cxc.web.admin.base import PortalAdmin, ReadOnlyAdmin, ReferenceDataAdmin
from cxc.workflow import StatefulModel, kind_of
from cxc.workflow.models import StateEvent


class LatestPaginator(Paginator):
    """The first 10,000 rows, because counting millions takes long; filters and the search find older ones."""

    MOST = 10_000

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: self.MOST].count())


class KindFilter(admin.SimpleListFilter):
    """The kinds of things that have events, without looking through all of these."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        stateful = (model for model in apps.get_models() if issubclass(model, StatefulModel))
        return sorted((kind_of(model), model._meta.verbose_name) for model in stateful)

    def queryset(self, _request: HttpRequest, queryset: QuerySet[StateEvent]) -> QuerySet[StateEvent]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(StateEvent)
class StateEventAdmin(ReadOnlyAdmin):
    list_display = (
        "happened_at",
        "kind",
        "label",
        "transition",
        "from_state",
        "to_state",
        "side",
        "principal_label",
        "reason",
    )
    list_filter = (KindFilter, "side", "is_recorded", "happened_at")
    search_fields = ("label", "reason", "principal_label", "thing_id")
    ordering = ("-id",)
    paginator = LatestPaginator
    list_select_related = ("by_user",)


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "to_address", "subject", "status", "attempts", "sent_at", "error")
    list_filter = ("status", "created_at", "about_kind")
    search_fields = ("to_address", "subject", "text", "error")
    actions = ("try_again",)

    def get_fields(self, request: HttpRequest, obj: Mail | None = None) -> Any:
        """All fields, but not the text of a mail that opens an account: only its recipient reads that."""
        hidden = {"id", *(("text", "html") if obj is not None and obj.is_private else ())}
        return [field.name for field in Mail._meta.fields if field.name not in hidden]

    @admin.action(description=gettext_lazy("Try to send again"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        """Failed mails go back to the outbox and are sent at its next round."""
        count = delivery.retry_failed(queryset)
        messages.success(request, _("%(count)s mails wait to be sent again.") % {"count": count})


@admin.register(SealCertificate)
class SealCertificateAdmin(ReadOnlyAdmin):
    list_display = ("subject", "issuer", "valid_from", "valid_until", "is_trial", "first_used_at")


@admin.register(Backup)
class BackupAdmin(ReadOnlyAdmin):
    list_display = (
        "started_at",
        "finished_at",
        "destination",
        "size_as_read",
        "rows_count",
        "files_count",
        "lost_count",
        "error",
    )
    list_filter = ("started_at",)

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def size_as_read(self, row: Backup) -> str:
        return "" if row.size is None else filesizeformat(row.size)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("written_at", "subject", "about_label", "written_by", "mails_count")
    list_filter = ("about_kind", "written_at")
    search_fields = ("subject", "text", "about_label")
    list_select_related = ("written_by",)


@admin.register(HolidayChange)
class HolidayChangeAdmin(ReferenceDataAdmin):
    list_display = ("country_code", "day", "is_holiday", "note")
    list_filter = ("country_code", "is_holiday")
    search_fields = ("country_code", "note")
    date_hierarchy = "day"


@admin.register(SchemeSettings)
class SchemeSettingsAdmin(PortalAdmin):
    """One row: the list leads straight to it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        SchemeSettings.current()
        return self.changeform_view(request, "1", reverse("admin:core_schemesettings_changelist"), extra_context)


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    """What is stored, by name and hash; a file itself is opened on the page of its record."""

    list_display = ("name", "content_type", "size", "uploaded_by", "uploaded_at")
    fields = ("name", "content_type", "size", "sha256", "uploaded_by", "uploaded_at")
    search_fields = ("name", "sha256")
    list_filter = ("content_type", "uploaded_at")
    list_select_related = ("uploaded_by",)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list; where no virus scanner is set up, it says so."""
        if not virus_scanner.is_set():
            messages.warning(request, _("Uploaded files are not checked for viruses: no scanner is set up."))
        return super().changelist_view(request, extra_context)
