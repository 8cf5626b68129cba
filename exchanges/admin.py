"""Visits, exchanges, documents and money in the Support Office's admin."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.core.sanitise import whole_number
from cxc.web.admin.base import ReadOnlyAdmin, ReferenceDataAdmin, StatefulAdmin
from exchanges.clauses import placeholders_of
from exchanges.documents.kinds import signed_documents
from exchanges.enums import ClauseKind, SignatureMethod
from exchanges.models import (
    DocumentClauses,
    DocumentOpening,
    DocumentReading,
    DocumentSeal,
    Evidence,
    Exchange,
    FinalActivityReport,
    FinancialAgreement,
    Instalment,
    OwnPart,
    PaperScan,
    Payment,
    RecordedSubmission,
    SharedPart,
    Signature,
    SignatureMethods,
    Visit,
    VisitMove,
    WaitingListEntry,
)
from exchanges.queries.four_eyes import BY_ONE_PERSON, annotate_by_one_person

ORGANISATIONS = ("exchange__organisation__legal_name", "exchange__visit__host_profile__organisation__legal_name")
OF_EXCHANGE = ("exchange__organisation", "exchange__visit__host_profile__organisation")


@admin.register(Visit)
class VisitAdmin(StatefulAdmin):
    list_display = ("__str__", "state", "modality", "first_day", "last_day", "lead", "on_the_portal")
    list_filter = ("state", "modality", "lead", "first_day")
    search_fields = ("title", "host_profile__organisation__legal_name", "lead__acronym", "city")
    list_select_related = ("host_profile__organisation", "lead")


@admin.register(VisitMove)
class VisitMoveAdmin(StatefulAdmin):
    list_display = ("__str__", "state", "asked_at", "first_day", "last_day", "on_the_portal")
    list_filter = ("state", "visit__lead")
    search_fields = ("visit__title", "visit__host_profile__organisation__legal_name")
    list_select_related = ("visit__host_profile__organisation",)
    date_hierarchy = "asked_at"


@admin.register(WaitingListEntry)
class WaitingListEntryAdmin(StatefulAdmin):
    list_display = ("__str__", "state", "asked_at", "on_the_portal")
    list_filter = ("state", "visit__lead")
    search_fields = ("visiting_profile__organisation__legal_name", "visit__title")
    list_select_related = ("visiting_profile__organisation", "visit__host_profile__organisation")
    date_hierarchy = "asked_at"


class FourEyesFilter(admin.SimpleListFilter):
    """Those of which one person entered everything and accepted and paid it too."""

    title = _("four eyes")
    parameter_name = "four_eyes"

    def lookups(self, _request: HttpRequest, _model_admin: object) -> list[tuple[str, Any]]:
        return [("one", _("One person did it all"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Exchange]) -> QuerySet[Exchange]:
        return queryset.filter(**BY_ONE_PERSON) if self.value() == "one" else queryset


@admin.register(Exchange)
class ExchangeAdmin(StatefulAdmin):
    list_display = (
        "__str__",
        "modality",
        "state",
        "agreed_start",
        "agreed_end",
        "type",
        "generation",
        "one_person",
        "on_the_portal",
    )
    list_filter = (
        "state",
        "modality",
        "generation",
        "type",
        "match__visiting_profile__partnership",
        "agreed_start",
        "is_recorded",
        FourEyesFilter,
    )
    search_fields = (
        "id",
        "organisation__legal_name",
        "visit__host_profile__organisation__legal_name",
        "match__visiting_profile__partnership__acronym",
    )
    list_select_related = ("organisation", "visit__host_profile__organisation", "type", "generation")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Exchange]:
        return annotate_by_one_person(super().get_queryset(request))

    @admin.display(description=_("one person"), boolean=True)
    def one_person(self, obj: Any) -> bool | None:
        """A mark where one person did it all; nothing elsewhere."""
        return False if obj.by_one_person else None


class OfExchangeAdmin(StatefulAdmin):
    """What belongs to one exchange."""

    list_filter: ClassVar[tuple[str, ...]] = (
        "state",
        "exchange__generation",
        "exchange__match__visiting_profile__partnership",
    )
    search_fields = ("exchange__id", *ORGANISATIONS)
    list_select_related = OF_EXCHANGE


@admin.register(SharedPart)
class SharedPartAdmin(StatefulAdmin):
    list_display = ("__str__", "state", "version", "ready_at", "validated_at", "on_the_portal")
    list_filter = ("state", "visit__lead")
    search_fields = ("visit__title", "visit__host_profile__organisation__legal_name")
    list_select_related = ("visit__host_profile__organisation",)


@admin.register(OwnPart)
class OwnPartAdmin(OfExchangeAdmin):
    list_display = ("__str__", "state", "version", "ready_at", "validated_at", "on_the_portal")


@admin.register(FinancialAgreement)
class FinancialAgreementAdmin(OfExchangeAdmin):
    list_display = ("__str__", "state", "version", "ready_at", "validated_at", "on_the_portal")


@admin.register(FinalActivityReport)
class FinalActivityReportAdmin(OfExchangeAdmin):
    list_display = ("__str__", "state", "submitted_at", "accepted_at", "on_the_portal")


@admin.register(Evidence)
class EvidenceAdmin(OfExchangeAdmin):
    list_display = ("__str__", "state", "kind", "uploaded_at", "on_the_portal")


class InstalmentInline(admin.TabularInline):
    """Read only: the payment's transitions write them."""

    model = Instalment
    can_delete = False
    extra = 0

    def has_add_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        return False


@admin.register(Payment)
class PaymentAdmin(OfExchangeAdmin):
    list_display = ("__str__", "state", "amount", "due_on", "paid_on", "paid_amount", "references", "on_the_portal")
    list_filter = (*OfExchangeAdmin.list_filter, "due_on")
    inlines = (InstalmentInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payment]:
        return super().get_queryset(request).prefetch_related("instalments")


@admin.register(RecordedSubmission)
class RecordedSubmissionAdmin(StatefulAdmin):
    """What Partnerships enter of the past; accepting records it."""

    list_display = ("__str__", "state", "partnership", "source", "submitted_at")
    list_filter = ("state", "partnership")
    search_fields = ("source", "partnership__acronym")
    list_select_related = ("partnership",)


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ("signer_name", "signer_function", "party", "principal_label", "signed_on", "method", "entered_at")
    list_filter = ("method", "party", "signed_on")
    search_fields = ("signer_name", "principal_label")
    list_select_related = ("signer",)


@admin.register(DocumentSeal)
class DocumentSealAdmin(ReadOnlyAdmin):
    list_display = ("version", "sealed_at", "level", "certificate")
    list_filter = ("level", "certificate")
    list_select_related = (
        "version__exchange__organisation",
        "version__exchange__visit__host_profile__organisation",
        "certificate",
    )
    search_fields = ("version__code",)


class SignatureMethodsForm(forms.ModelForm):
    """Which document, by name, and the ways that count, each to tick."""

    kind = forms.ChoiceField(label=_("Document"))
    methods = forms.MultipleChoiceField(
        label=_("Ways of signing that count"), choices=SignatureMethod.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = SignatureMethods
        fields = ("generation", "kind", "methods")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(document.kind, document.label) for document in signed_documents()]


@admin.register(SignatureMethods)
class SignatureMethodsAdmin(ReferenceDataAdmin):
    form = SignatureMethodsForm
    list_display = ("__str__", "methods")
    list_filter = ("generation",)
    list_select_related = ("generation",)


@admin.register(DocumentReading)
class DocumentReadingAdmin(ReadOnlyAdmin):
    """Who has opened or downloaded which version of a document, and when."""

    list_display = ("__str__", "user", "side", "read_at")
    list_filter = ("kind", "side")
    search_fields = ("user__email", "version__code")
    list_select_related = (
        "user",
        "version__exchange__organisation",
        "version__exchange__visit__host_profile__organisation",
    )


@admin.register(PaperScan)
class PaperScanAdmin(ReadOnlyAdmin):
    list_display = ("file", "visit", "uploaded_by", "uploaded_at", "page_count")
    search_fields = ("file__name",)
    list_select_related = ("file", "visit__lead", "visit__host_profile__organisation", "uploaded_by")


@admin.register(DocumentOpening)
class DocumentOpeningAdmin(ReadOnlyAdmin):
    """Who opened which evidence, or which version of a report, and when."""

    list_display = ("__str__", "user", "report_version", "opened_at")
    search_fields = ("user__email",)
    list_select_related = ("user", "evidence__exchange__organisation", "report__exchange__organisation")


@admin.register(DocumentClauses)
class DocumentClausesAdmin(ReferenceDataAdmin):
    """A new version is added, which begins with an earlier text; one that documents were made with stays."""

    list_display = ("kind", "generation", "number", "valid_from", "note", "next_version")
    list_filter = ("kind", "generation")
    search_fields = ("text", "note")
    list_select_related = ("generation",)
    fields = ("kind", "generation", "valid_from", "note", "text")
    formfield_overrides: ClassVar = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 30})}}

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """The fields, beneath the placeholders that each document knows."""
        known = [(kind.label, placeholders_of(kind)) for kind in ClauseKind]
        listed = format_html_join("", "<li>{}: {}</li>", known)
        return [
            (
                None,
                {"fields": self.fields, "description": format_html("{}<ul>{}</ul>", gettext("Placeholders"), listed)},
            )
        ]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=_("next version"))
    def next_version(self, row: DocumentClauses) -> str:
        """The form for a new version that begins with this text."""
        address = f"{reverse('admin:exchanges_documentclauses_add')}?from={row.pk}"
        return format_html('<a href="{}">{}</a>', address, gettext("Replace this text"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The text of the version named by `from`, to be changed."""
        initial: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        found = DocumentClauses.objects.filter(pk=whole_number(initial.pop("from", "")) or 0).first()
        if found is None:
            return initial
        return initial | {"kind": found.kind, "generation": found.generation_id, "text": found.text}
