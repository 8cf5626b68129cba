"""One transfer by which a payment was made, in full or in part."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.amounts import in_eur
from cxc.core.models.text import OneLineField
from exchanges.models.payment import Payment


class Instalment(models.Model):
    """A part of a payment, in EUR, with its day at the seat of the visitor's Partnership.

    Written by the payment's transitions only: the database holds their sum equal to `Payment.paid_amount`.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="instalments")
    paid_on = models.DateField(_("paid on"))
    amount = models.DecimalField(_("amount (EUR)"), max_digits=8, decimal_places=2)
    reference = OneLineField(_("reference"), max_length=300)
    entered_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering: ClassVar = ["paid_on", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_above_zero")]

    def __str__(self) -> str:
        return f"{self.payment.exchange.reference}: {in_eur(self.amount)}"
