"""What the Financial Agreement needs beside what it shares with the own part of the CTQ (`documents`)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.models import SchemeSettings
from cxc.workflow.fix_options import by_transitions
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from cxc.workflow.todo import ITSELF, Todo
from exchanges import deadlines, links
from exchanges.enums import EDITABLE_STATES, ExchangeState
from exchanges.requirements import completion
from exchanges.requirements.documents import RETURN_TO_PREPARATION
from exchanges.rules.money import amount_problem

GIVE_PAYEE = Todo(
    "iban",
    (Side.VO,),
    gettext_lazy("Enter payee and bank account"),
    due=deadlines.CTQ,
    remind=deadlines.AGREEMENT_REMIND,
    text=gettext_lazy("The lump sum is paid to this account."),
    page=links.agreement,
    hands_in=ITSELF,
)


@requirement(
    gettext_lazy("The exchange is in preparation, or ongoing with a version of the Support Office's."),
    otherwise=gettext_lazy("Set the exchange back to preparation first, or begin a new version while it is ongoing."),
    fix=RETURN_TO_PREPARATION,
)
def agreement_can_be_validated(context: TransitionContext) -> bool:
    agreement = context.thing
    state = agreement.exchange.state
    if state == ExchangeState.PREPARATION:
        return True
    return state == ExchangeState.ONGOING and (agreement.is_support_office_version or context.side is Side.SO)


@requirement(
    gettext_lazy("Payee and bank account are entered."),
    otherwise=gettext_lazy("Enter payee and bank account."),
    fix=by_transitions("edit", page=links.agreement, todo=GIVE_PAYEE),
)
def payee_given(context: TransitionContext) -> object:
    """Where the payee's country has no IBAN: account number, BIC and name of the bank."""
    gaps = [str(context.thing.TEXTS[name]) for name in context.thing.missing_bank_details()]
    return not gaps or _("Fill in what is missing: %(what)s.") % {"what": ", ".join(gaps)}


@requirement(
    gettext_lazy("The lump sum is entered and not above the ceiling."),
    otherwise=gettext_lazy("Enter a lump sum that is not above the ceiling."),
    fix=by_transitions("set_amount", page=links.amount),
)
def amount_is_valid(context: TransitionContext) -> object:
    exchange = context.thing.exchange
    if exchange.agreed_lump_sum is None:
        return False
    return not (problem := amount_problem(exchange)) or problem


# What the Support Office does on an agreement only then.
exchange_is_ongoing = replace(
    completion.exchange_is_ongoing,
    otherwise=gettext_lazy("Leave it to the visitor and its Partnership: the exchange is not ongoing."),
)


@requirement(
    gettext_lazy("The exchange is a draft, in preparation or ongoing."),
    otherwise=gettext_lazy("Leave the agreement as it is: the exchange is ready to start, or over."),
)
def agreement_open(context: TransitionContext) -> bool:
    return context.thing.exchange.state in (*EDITABLE_STATES, ExchangeState.ONGOING)


@requirement(
    gettext_lazy("The exchange is cancelled and nothing was paid for it."),
    otherwise=gettext_lazy("Keep the bank account: the exchange is not cancelled, or something was paid for it."),
)
def cancelled_unpaid(context: TransitionContext) -> bool:
    exchange = context.thing.exchange
    return exchange.state == ExchangeState.CANCELLED and exchange.payment_or_none is None


def _end_of_keeping(agreement: Any) -> datetime | None:
    """The moment until which the bank account of a cancelled exchange is kept."""
    cancelled_at: datetime | None = agreement.exchange.cancelled_at
    return cancelled_at + timedelta(days=SchemeSettings.current().iban_erase_days) if cancelled_at else None


@requirement(
    gettext_lazy("The days for which the IBAN of a cancelled exchange is kept are over."),
    otherwise=gettext_lazy("Wait until the days are over for which the IBAN of a cancelled exchange is kept."),
    kind=Kind.TIMING,
    met_from=_end_of_keeping,
)
def erasure_due(context: TransitionContext) -> bool:
    until = _end_of_keeping(context.thing)
    return until is not None and context.now >= until
