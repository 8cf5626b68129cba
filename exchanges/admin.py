"""Visits, exchanges, documents and money in the Support Office's admin."""

from django.contrib import admin

from cxc.ground.admin import MovingAdmin, ReadOnlyAdmin
from exchanges.models import (
    Evidence,
    Exchange,
    FinalActivityReport,
    FinancialAgreement,
    OwnPart,
    Payment,
    RecordedEntry,
    SharedPart,
    Signature,
    Visit,
    WaitingPlace,
)

ORGANISATIONS = ("exchange__organisation__legal_name", "exchange__visit__host_profile__organisation__legal_name")
OF_EXCHANGE = ("exchange__organisation", "exchange__visit__host_profile__organisation")


@admin.register(Visit)
class VisitAdmin(MovingAdmin):
    list_display = ("__str__", "state", "modality", "first_day", "last_day", "lead", "on_the_portal")
    list_filter = ("state", "modality", "lead", "first_day")
    search_fields = ("title", "host_profile__organisation__legal_name", "lead__acronym", "city")
    list_select_related = ("host_profile__organisation", "lead")
    date_hierarchy = "first_day"


@admin.register(WaitingPlace)
class WaitingPlaceAdmin(MovingAdmin):
    list_display = ("__str__", "state", "asked_at", "on_the_portal")
    list_filter = ("state", "visit__lead")
    search_fields = ("visiting_profile__organisation__legal_name", "visit__title")
    list_select_related = ("visiting_profile__organisation", "visit__host_profile__organisation")
    date_hierarchy = "asked_at"


@admin.register(Exchange)
class ExchangeAdmin(MovingAdmin):
    list_display = ("__str__", "modality", "state", "agreed_start", "agreed_end", "type", "generation", "on_the_portal")
    list_filter = ("state", "modality", "generation", "type", "match__visiting_profile__partnership", "is_recorded")
    search_fields = (
        "id",
        "organisation__legal_name",
        "visit__host_profile__organisation__legal_name",
        "match__visiting_profile__partnership__acronym",
    )
    list_select_related = ("organisation", "visit__host_profile__organisation", "type", "generation")
    date_hierarchy = "agreed_start"


class OfExchangeAdmin(MovingAdmin):
    """What belongs to one exchange."""

    list_filter = ("state", "exchange__generation", "exchange__match__visiting_profile__partnership")
    search_fields = ("exchange__id", *ORGANISATIONS)
    list_select_related = OF_EXCHANGE


@admin.register(SharedPart)
class SharedPartAdmin(MovingAdmin):
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


@admin.register(Payment)
class PaymentAdmin(OfExchangeAdmin):
    list_display = ("__str__", "state", "amount", "due_on", "paid_on", "paid_amount", "reference", "on_the_portal")
    date_hierarchy = "due_on"


@admin.register(RecordedEntry)
class RecordedEntryAdmin(MovingAdmin):
    """What Partnerships enter of the past; accepting records it."""

    list_display = ("__str__", "state", "partnership", "source", "submitted_at")
    list_filter = ("state", "partnership")
    search_fields = ("source", "partnership__acronym")
    list_select_related = ("partnership",)
    date_hierarchy = "submitted_at"


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ("signer_name", "signer_function", "party", "body_label", "signed_on", "entered_at")
    list_filter = ("party", "signed_on")
    search_fields = ("signer_name", "body_label")
    list_select_related = ("signer",)
