"""What the parts of the CTQ and the Financial Agreement need."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.models import SchemeSettings
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges.enums import EDITABLE_STATES, LOCKED_STATES, ExchangeState, PartState
from exchanges.rules.money import amount_problem
from profiles.enums import Modality


@requirement(gettext_lazy("No exchange of the visit is ready to start, ongoing or closed."), anchor="visit")
def visit_unlocked(context: TransitionContext) -> object:
    """The shared part, dates and places follow the most advanced exchange of the visit."""
    visit = getattr(context.thing, "visit", context.thing)
    locking = visit.exchanges.filter(state__in=LOCKED_STATES).select_related("organisation").first()
    return locking is None or _(
        "%(visitor)s is “%(state)s”: this stands for the whole visit. To change it, set that exchange back to"
        " preparation first."
    ) % {"visitor": locking.organisation, "state": locking.get_state_display()}


@requirement(gettext_lazy("An exchange of the visit is in preparation."), anchor="visit")
def visit_in_preparation(context: TransitionContext) -> bool:
    return context.thing.visit.exchanges.filter(state=ExchangeState.PREPARATION).exists()


@requirement(
    gettext_lazy("The shared part is filled in: goals, mutual learning, feedback time and the agenda."),
    anchor="ctq",
)
def shared_complete(context: TransitionContext) -> object:
    gaps = context.thing.gaps()
    return not gaps or _("Still missing: %(what)s.") % {"what": ", ".join(gaps)}


@requirement(
    gettext_lazy("The own part is filled in: objectives, expected outcomes, follow-up, responsibilities."), anchor="ctq"
)
def own_complete(context: TransitionContext) -> object:
    gaps = context.thing.gaps()
    return not gaps or _("Still missing: %(what)s.") % {"what": ", ".join(gaps)}


@requirement(gettext_lazy("The shared part is validated."), kind=Kind.DOCUMENT, anchor="ctq")
def shared_validated(context: TransitionContext) -> bool:
    shared = context.thing.exchange.visit.shared_part_or_none
    return shared is not None and shared.state == PartState.VALIDATED


@requirement(gettext_lazy("The agreed dates are entered."), anchor="agreed")
def agreed_dates_given(context: TransitionContext) -> bool:
    exchange = context.thing.exchange
    return bool(exchange.agreed_start and exchange.agreed_end)


@requirement(gettext_lazy("An earlier version was validated."))
def validated_before(context: TransitionContext) -> bool:
    return bool(context.thing.validated_version)


@requirement(gettext_lazy("The own part is as it was validated."))
def own_unchanged(context: TransitionContext) -> bool:
    own = context.thing
    last = own.current_version
    return last is not None and own.validated_version == own.version == last.own_version


@requirement(
    gettext_lazy(
        "Since the version before, dates and working days are the same, and the shared part changed in wording only."
    )
)
def substance_unchanged(context: TransitionContext) -> bool:
    """An editorial version keeps signatures, so what they were given for must still be there."""
    exchange, last = context.thing.exchange, context.thing.current_version
    shared = exchange.visit.shared_part_or_none
    if last is None or shared is None or last.shared_version < shared.substance_version:
        return False
    facts = last.content["exchange"]
    then = (facts["first_day"], facts["last_day"], facts["working_days"])
    return bool(then == (str(exchange.agreed_start), str(exchange.agreed_end), exchange.agreed_working_days))


@requirement(
    gettext_lazy("The exchange is a draft or in preparation; after that the document is locked."), anchor="state"
)
def exchange_is_editable(context: TransitionContext) -> object:
    exchange = context.thing.exchange
    return exchange.state in EDITABLE_STATES or _(
        "The exchange is “%(state)s” and the document is locked: set the exchange back to preparation first."
    ) % {"state": exchange.get_state_display()}


@requirement(gettext_lazy("The exchange is in preparation."), anchor="state")
def exchange_in_preparation(context: TransitionContext) -> object:
    exchange = context.thing.exchange
    return exchange.state == ExchangeState.PREPARATION or _("The exchange is “%(state)s”, not in preparation.") % {
        "state": exchange.get_state_display()
    }


@requirement(
    gettext_lazy("The exchange is in preparation, or ongoing with a version of the Support Office's."), anchor="state"
)
def agreement_can_be_validated(context: TransitionContext) -> bool:
    agreement = context.thing
    state = agreement.exchange.state
    if state == ExchangeState.PREPARATION:
        return True
    return state == ExchangeState.ONGOING and (agreement.is_support_office_version or context.side is Side.SO)


@requirement(gettext_lazy("Payee and bank account are entered."), anchor="fa")
def payee_given(context: TransitionContext) -> object:
    """Where the payee's country has no IBAN: account number, BIC and name of the bank."""
    gaps = [str(context.thing.TEXTS[name]) for name in context.thing.missing_bank_details()]
    return not gaps or _("Still missing: %(what)s.") % {"what": ", ".join(gaps)}


@requirement(gettext_lazy("The lump sum is entered and not above the ceiling."), anchor="fa")
def amount_is_valid(context: TransitionContext) -> object:
    exchange = context.thing.exchange
    if exchange.agreed_lump_sum is None:
        return _("The lump sum is not entered yet.")
    return not (problem := amount_problem(exchange)) or problem


@requirement(gettext_lazy("A Financial Agreement belongs to a physical exchange."))
def physical_only(context: TransitionContext) -> bool:
    return bool(context.thing.exchange.modality == Modality.PHYSICAL)


@requirement(gettext_lazy("All parties have signed this version."), kind=Kind.DOCUMENT)
def all_signed(context: TransitionContext) -> object:
    missing = context.thing.parties_still_to_sign()
    return not missing or _("Still to sign: %(who)s.") % {"who": ", ".join(missing)}


@requirement(gettext_lazy("The exchange is ongoing."), anchor="state")
def exchange_is_ongoing(context: TransitionContext) -> bool:
    return bool(context.thing.exchange.state == ExchangeState.ONGOING)


@requirement(gettext_lazy("The exchange is a draft, in preparation or ongoing."), anchor="state")
def agreement_open(context: TransitionContext) -> bool:
    return context.thing.exchange.state in (*EDITABLE_STATES, ExchangeState.ONGOING)


@requirement(gettext_lazy("Nothing of it was signed: a signed paper is kept, so cancel the exchange instead."))
def nothing_signed(context: TransitionContext) -> bool:
    exchange = context.thing
    if exchange.ctq_versions.filter(signatures__isnull=False).exists():
        return False
    agreement = exchange.agreement_or_none
    return agreement is None or not agreement.versions.filter(signatures__isnull=False).exists()


@requirement(gettext_lazy("The exchange is cancelled and nothing was paid for it."))
def cancelled_unpaid(context: TransitionContext) -> bool:
    exchange = context.thing.exchange
    return exchange.state == ExchangeState.CANCELLED and exchange.payment_or_none is None


@requirement(gettext_lazy("The days for which the IBAN of a cancelled exchange is kept are over."), kind=Kind.TIMING)
def erasure_due(context: TransitionContext) -> bool:
    cancelled_at = context.thing.exchange.cancelled_at
    return cancelled_at is not None and context.now >= cancelled_at + timedelta(
        days=SchemeSettings.current().iban_erase_days
    )
