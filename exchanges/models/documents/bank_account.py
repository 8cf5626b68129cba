"""The bank account to which a lump sum is paid. Read by the visitor, its Partnership and the Support Office only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc.core.models.text import OneLineField

# Erased together; private in form drafts (`cxc.web.form_drafts.store`).
BANK_FIELDS = ("iban", "account_number", "bic", "bank_name")
WITH_IBAN = ("iban",)
WITHOUT_IBAN = ("account_number", "bic", "bank_name")


class BankAccount(models.Model):
    """An IBAN with an optional BIC; where the country has no IBAN, the account number, BIC and name of the bank.

    The account holder is the payee. `iban` is declared by the model that inherits.
    """

    iban: str
    account_number = OneLineField(_("account number"), max_length=34, blank=True)
    bic = OneLineField("BIC", max_length=11, blank=True)
    bank_name = OneLineField(_("name of the bank"), max_length=100, blank=True)

    class Meta:
        abstract = True

    @property
    def is_account_given(self) -> bool:
        return bool(self.iban or self.account_number)


def one_account(name: str) -> models.CheckConstraint:
    """Either an IBAN or an account number, not both."""
    return models.CheckConstraint(condition=Q(iban="") | Q(account_number=""), name=name)
