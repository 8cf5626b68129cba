"""The Financial Agreement between a visitor and its Partnership; physical exchanges only."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from localflavor.generic.models import IBANField

from cxc.core.models.text import FreeTextField, OneLineField
from cxc.workflow import Allowed, state_constraint, state_field, transition
from cxc.workflow.todo import ITSELF, Todo
from exchanges import deadlines, iban, links, notifications
from exchanges.enums import BEING_WRITTEN_STATES, FA, FA_PARTIES, VALIDATED_STATES, ExchangeState, PartState
from exchanges.models.documents.agreement_terms import AgreementTerms
from exchanges.models.documents.bank_account import BANK_FIELDS, WITH_IBAN, WITHOUT_IBAN, BankAccount, one_account
from exchanges.models.documents.base import (
    SignedPart,
    creates,
    declines,
    hands_in,
    passes_on,
    revises,
    sends_back,
    takes_back,
    validates,
)
from exchanges.models.exchange import Exchange
from exchanges.models.sides import OF_EXCHANGE, OF_EXCHANGE_LISTED, PORTAL, SO, VO, VOP
from exchanges.requirements import agreements, completion, documents, signatories
from exchanges.requirements.parties import visiting_parties_complete

DRAFT, READY, VALIDATED, RETURNED, SIGNED = PartState


class FinancialAgreement(BankAccount, SignedPart):
    """Payee (the account holder), bank account, terms; the amount is the exchange's agreed lump sum, one field."""

    side_paths: ClassVar = OF_EXCHANGE
    list_paths: ClassVar = OF_EXCHANGE_LISTED
    read_permissions: ClassVar = {
        "see": (VO, VOP, SO),
        "history": (VO, VOP, SO),
    }
    locks_first: ClassVar = ("exchange",)

    KIND: ClassVar = FA
    PARTIES: ClassVar = FA_PARTIES
    TEXTS: ClassVar = {
        "payee": _("payee"),
        "iban": "IBAN",
        "account_number": _("account number"),
        "bic": "BIC",
        "bank_name": _("name of the bank"),
        "payment_terms": _("payment terms"),
    }

    exchange = models.OneToOneField(Exchange, on_delete=models.CASCADE, related_name="agreement")
    state = state_field(PartState, DRAFT)
    payee = OneLineField(_("payee"), blank=True)
    iban = IBANField("IBAN", blank=True)
    payment_terms = FreeTextField(_("payment terms"), blank=True)
    is_support_office_version = models.BooleanField(default=False, editable=False)
    iban_erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("Financial Agreement")
        verbose_name_plural = _("Financial Agreements")
        indexes: ClassVar = [
            models.Index(fields=["ready_at"], condition=models.Q(state=PartState.READY), name="agreement_ready")
        ]
        constraints: ClassVar = [
            state_constraint("agreement_state_exists", PartState),
            one_account("agreement_one_account"),
        ]

    def __str__(self) -> str:
        return f"FA {self.exchange.reference}"

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#fa"

    @property
    def takes_signatures(self) -> bool:
        """Also while the Support Office's version of it is open, which it makes during the stay."""
        is_open = self.is_support_office_version and self.exchange.state == ExchangeState.ONGOING
        return is_open or super().takes_signatures

    @property
    def needed_bank_details(self) -> tuple[str, ...]:
        """The fields by which the payee can be paid, in the order of the form."""
        has_iban = bool(self.iban) or self.exchange.organisation.country.has_iban
        return ("payee", *(WITH_IBAN if has_iban else WITHOUT_IBAN))

    def missing_bank_details(self) -> list[str]:
        """Those of them that are still empty."""
        return [name for name in self.needed_bank_details if not getattr(self, name)]

    @creates(state, requires=(completion.is_physical,))
    def create(self) -> None: ...

    @transition(
        state,
        label=_("Edit payee and bank account"),
        source=BEING_WRITTEN_STATES,
        sides=(
            Allowed(VO, documents.exchange_is_editable),
            Allowed(VOP, documents.exchange_is_editable),
            Allowed(SO, agreements.exchange_is_ongoing),
        ),
        hides_when=(agreements.exchange_is_ongoing,),
        silent=True,
        button=False,
    )
    def edit(self, *, version_read: int, fields: Mapping[str, Any]) -> None:
        """The bank account is checked and stored without spaces. Refused when it can't be one."""
        self.update_texts(version_read, fields)
        if set(fields) & set(BANK_FIELDS):
            iban.check(self)
            self.iban_erased_at = None

    @transition(
        state,
        label=_("Set the amount"),
        source=BEING_WRITTEN_STATES,
        sides=(Allowed(VOP, documents.exchange_is_editable), Allowed(SO, agreements.exchange_is_ongoing)),
        hides_when=(agreements.exchange_is_ongoing,),
        invariants=(agreements.amount_is_valid,),
        button=False,
    )
    def set_amount(self, *, amount: Decimal) -> dict[str, str]:
        """The amount in EUR is the exchange's agreed lump sum; the exchange is locked with this row."""
        self.exchange.set_agreed_lump_sum(amount)
        return {"amount": str(amount)}

    @revises(
        state,
        source=VALIDATED_STATES,
        sides=(VO, VOP, PORTAL),
        requires=(documents.exchange_is_editable,),
    )
    def revise(self) -> dict[str, int]:
        return self.start_next_version()

    @transition(
        state,
        label=_("New version while the exchange is ongoing"),
        source=VALIDATED_STATES,
        target=DRAFT,
        sides=(SO,),
        reason=True,
        requires=(agreements.exchange_is_ongoing,),
        hides_when=(agreements.exchange_is_ongoing,),
    )
    def revise_while_ongoing(self) -> dict[str, int]:
        self.is_support_office_version = True
        return self.start_next_version()

    @hands_in(
        state,
        sides=(Allowed(VOP, documents.exchange_in_preparation), Allowed(SO, agreements.exchange_is_ongoing)),
        hides_when=(agreements.exchange_is_ongoing,),
        requires=(
            agreements.payee_given,
            agreements.amount_is_valid,
            signatories.visitor_signatories_named,
            signatories.signatories_differ,
            visiting_parties_complete,
        ),
        todo=Todo(
            "fa_ready",
            (VOP,),
            _("Mark the Financial Agreement ready for validation"),
            due=deadlines.CTQ,
            remind=deadlines.AGREEMENT_REMIND,
            anchor="fa",
            hands_in=ITSELF,
        ),
        notify=(notifications.AGREEMENT_SUBMITTED,),
    )
    def submit(self) -> None:
        self.wait_for_validation()

    @takes_back(
        state,
        sides=(Allowed(VOP, documents.exchange_is_editable), Allowed(SO, agreements.exchange_is_ongoing)),
        hides_when=(agreements.exchange_is_ongoing,),
        requires=(agreements.agreement_open,),
        notify=(notifications.AGREEMENT_TAKEN_BACK,),
    )
    def take_back(self) -> None:
        """Makes it a draft again for the party that handed it in, until the Support Office has decided."""
        self.stop_waiting()

    @validates(
        state,
        requires=(
            agreements.agreement_can_be_validated,
            agreements.payee_given,
            agreements.amount_is_valid,
            signatories.visitor_signatories_named,
            signatories.signatories_differ,
            visiting_parties_complete,
        ),
        todo=Todo(
            "validate_fa",
            (SO,),
            _("Validate or return the Financial Agreement"),
            due=deadlines.VALIDATION,
            remind=deadlines.ANSWER_REMIND,
            text=deadlines.ANSWER_TEXT,
            page=links.validation_of_agreement,
            while_unmet=True,
            since=lambda agreement: agreement.ready_at,
            queue_by=deadlines.start_day,
        ),
        notify=(notifications.AGREEMENT_VALIDATED,),
    )
    def validate(self) -> dict[str, int]:
        return self.mark_validated()

    @sends_back(
        state,
        requires=(agreements.agreement_open,),
        notify=(notifications.AGREEMENT_RETURNED,),
    )
    def send_back(self) -> None:
        self.mark_returned(self.context.reason)

    @declines(state, sides=(VO, VOP))
    def decline(self) -> None:
        """A signatory declines to sign the version that stands. Signatures given stay with their version."""
        self.mark_declined()

    @passes_on(state, sides=(VO, VOP))
    def pass_on(self, *, colleague: int) -> dict[str, int]:
        """A signatory asks a colleague (the id of a person) to sign instead."""
        return {"colleague": colleague}

    @transition(
        state,
        label=_("Signed by both"),
        source=VALIDATED,
        target=SIGNED,
        sides=(PORTAL,),
        requires=(documents.all_signed,),
        notify=(notifications.AGREEMENT_SIGNED,),
    )
    def complete_signatures(self) -> None:
        self.is_support_office_version = False

    @transition(
        state,
        label=_("Erase the bank account of a cancelled exchange"),
        source=tuple(PartState),
        sides=(PORTAL,),
        requires=(agreements.cancelled_unpaid, agreements.erasure_due),
    )
    def erase_iban(self) -> None:
        """All bank details of the agreement and of its versions. Rule: docs/rules.md, Cancelling."""
        self.forget_return()
        for name in BANK_FIELDS:
            setattr(self, name, "")
        self.iban_erased_at = self.moment
        AgreementTerms.objects.filter(version__exchange=self.exchange_id).update(**dict.fromkeys(BANK_FIELDS, ""))
