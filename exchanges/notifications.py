"""What the mails after a transition say, where it is made of what happened."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.core.amounts import in_eur
from cxc.workflow.context import TransitionContext


def actual_days(context: TransitionContext) -> str:
    """The figures of the stay as they were corrected."""
    return _("The stay counts %(days)s working days, until %(end)s.") % {
        "days": context.thing.actual_working_days,
        "end": _day(context.thing.actual_end),
    }


def payable_amount(context: TransitionContext) -> str:
    """What will be paid, and why where it is not what the pay-out rule gives."""
    said = _("%(amount)s will be paid once the exchange is closed.") % {"amount": in_eur(context.thing.payable)}
    return f"{said} {context.thing.payable_why}".strip()


def payment_due(context: TransitionContext) -> str:
    """What is to be paid, and by when."""
    return _("%(amount)s, by %(day)s.") % {"amount": in_eur(context.thing.amount), "day": _day(context.thing.due_on)}


def payment_made(context: TransitionContext) -> str:
    """What was paid, and what is still due."""
    said = _("%(amount)s were paid on %(day)s, reference %(reference)s.") % {
        "amount": in_eur(context.facts["amount"]),
        "day": _day(context.facts["paid_on"]),
        "reference": context.facts["reference"].strip(),
    }
    rest = _("%(rest)s are still due.") % {"rest": in_eur(context.thing.amount_due)}
    return f"{said} {rest}" if context.thing.amount_due else said


def _day(day: Any) -> str:
    return date_format(day, "j F Y") if day else "–"
