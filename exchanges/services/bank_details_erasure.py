"""The Financial Agreement beyond its transitions.

Payee, IBAN and terms are edited with `perform(agreement, "edit", version_read=…, fields={…})`, the
amount with `perform(agreement, "set_amount", amount=…)` in EUR; versions are made in `versions`.
Rule: docs/rules.md, Cancelling.
"""

from datetime import timedelta

from cxc import clock
from cxc.access.scoped import PORTAL
from cxc.core.models import SchemeSettings
from cxc.workflow import perform
from exchanges.enums import ExchangeState
from exchanges.models import FinancialAgreement


def agreements_to_erase() -> list[FinancialAgreement]:
    """Agreements of exchanges cancelled long enough ago, nothing paid, whose IBAN still stands."""
    days = SchemeSettings.current().iban_erase_days
    found = FinancialAgreement.objects.filter(
        exchange__state=ExchangeState.CANCELLED,
        exchange__cancelled_at__lte=clock.now() - timedelta(days=days),
        exchange__payment__isnull=True,
        iban_erased_at__isnull=True,
    )
    return list(found.select_related("exchange"))


def erase_iban(agreement: FinancialAgreement) -> FinancialAgreement:
    """Clear the bank account here and on every version, and drop PDFs that nobody signed.

    Refused before its time, after a payment, or while the exchange is not cancelled.
    """
    return perform(agreement, "erase_iban", by=PORTAL)
