"""What only a version of the Financial Agreement has: amounts, and the bank account that is erased one day."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.models.documents.bank_account import BankAccount, one_account
from exchanges.models.documents.version import DocumentVersion


class AgreementTerms(BankAccount):
    """Amount, ceiling (EUR) and bank account of one version; apart from its content, because the account is erased."""

    version = models.OneToOneField(DocumentVersion, on_delete=models.CASCADE, related_name="terms")
    iban = models.CharField(max_length=34, blank=True)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=8, decimal_places=2)
    ceiling = models.DecimalField(_("ceiling (EUR)"), max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("terms of a Financial Agreement's version")
        verbose_name_plural = _("terms of Financial Agreements' versions")
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0, amount__lte=models.F("ceiling")), name="agreement_within_ceiling"
            ),
            one_account("agreement_version_one_account"),
        ]

    def __str__(self) -> str:
        return str(self.version)
