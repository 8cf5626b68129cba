"""What the parts of the CTQ and the Financial Agreement need."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.ground.access import Side
from cxc.ground.moves.asking import Ask, Kind, requirement
from exchanges.enums import LOCKED_STATES, ExchangeState, PartState
from profiles.enums import Modality

BUILDING = (ExchangeState.DRAFT, ExchangeState.PREPARATION)


@requirement(gettext_lazy("No exchange of the visit is ready to start, ongoing or closed."), place="visit")
def visit_unlocked(ask: Ask) -> object:
    """The shared part, dates and places follow the most advanced exchange of the visit."""
    visit = getattr(ask.thing, "visit", ask.thing)
    locking = visit.exchanges.filter(state__in=LOCKED_STATES).select_related("organisation").first()
    return locking is None or _(
        "%(visitor)s is “%(state)s”: this stands for the whole visit. To change it, set that exchange back to"
        " preparation first."
    ) % {"visitor": locking.organisation, "state": locking.get_state_display()}


@requirement(gettext_lazy("An exchange of the visit is in preparation."), place="visit")
def visit_in_preparation(ask: Ask) -> bool:
    return ask.thing.visit.exchanges.filter(state=ExchangeState.PREPARATION).exists()


@requirement(
    gettext_lazy("The shared part is filled in: goals, mutual learning, feedback time and an agenda for every day."),
    place="ctq",
)
def shared_complete(ask: Ask) -> object:
    gaps = ask.thing.gaps()
    return not gaps or _("Still missing: %(what)s.") % {"what": ", ".join(gaps)}


@requirement(
    gettext_lazy("The own part is filled in: objectives, expected outcomes, follow-up, responsibilities."), place="ctq"
)
def own_complete(ask: Ask) -> object:
    gaps = ask.thing.gaps()
    return not gaps or _("Still missing: %(what)s.") % {"what": ", ".join(gaps)}


@requirement(gettext_lazy("The shared part is validated."), kind=Kind.DOCUMENT, place="ctq")
def shared_validated(ask: Ask) -> bool:
    shared = ask.thing.exchange.visit.shared_part_or_none
    return shared is not None and shared.state == PartState.VALIDATED


@requirement(gettext_lazy("The agreed dates are entered."), place="agreed")
def agreed_dates_given(ask: Ask) -> bool:
    exchange = ask.thing.exchange
    return bool(exchange.agreed_start and exchange.agreed_end)


@requirement(gettext_lazy("An earlier version was validated."))
def validated_before(ask: Ask) -> bool:
    return bool(ask.thing.validated_version)


@requirement(
    gettext_lazy("The exchange is a draft or in preparation; after that the document is locked."), place="state"
)
def exchange_building(ask: Ask) -> object:
    exchange = ask.thing.exchange
    return exchange.state in BUILDING or _(
        "The exchange is “%(state)s” and the document is locked: set the exchange back to preparation first."
    ) % {"state": exchange.get_state_display()}


@requirement(gettext_lazy("The exchange is in preparation."), place="state")
def exchange_in_preparation(ask: Ask) -> object:
    exchange = ask.thing.exchange
    return exchange.state == ExchangeState.PREPARATION or _("The exchange is “%(state)s”, not in preparation.") % {
        "state": exchange.get_state_display()
    }


@requirement(
    gettext_lazy("The exchange is in preparation, or ongoing with a version of the Support Office's."), place="state"
)
def agreement_time(ask: Ask) -> bool:
    agreement = ask.thing
    state = agreement.exchange.state
    if state == ExchangeState.PREPARATION:
        return True
    return state == ExchangeState.ONGOING and (agreement.is_support_office_version or ask.side is Side.SO)


@requirement(gettext_lazy("Payee and IBAN are entered."), place="fa")
def payee_given(ask: Ask) -> bool:
    return bool(ask.thing.payee and ask.thing.iban)


@requirement(gettext_lazy("The lump sum is entered and not above the ceiling."), place="fa")
def amount_right(ask: Ask) -> object:
    exchange = ask.thing.exchange
    if exchange.agreed_lump_sum is None:
        return _("The lump sum is not entered yet.")
    ceiling = exchange.ceiling
    if ceiling is None:
        return _("There is no lump sum ceiling for %(country)s on that day: ask the Support Office to enter one.") % {
            "country": exchange.host_country
        }
    return exchange.agreed_lump_sum <= ceiling or _(
        "The lump sum of %(amount)s EUR is above the ceiling of %(ceiling)s EUR."
    ) % {"amount": exchange.agreed_lump_sum, "ceiling": ceiling}


@requirement(gettext_lazy("A Financial Agreement belongs to a physical exchange."))
def physical_only(ask: Ask) -> bool:
    return bool(ask.thing.exchange.modality == Modality.PHYSICAL)


@requirement(gettext_lazy("All parties have signed this version."), kind=Kind.DOCUMENT)
def all_signed(ask: Ask) -> object:
    missing = ask.thing.missing_signature_labels()
    return not missing or _("Still to sign: %(who)s.") % {"who": ", ".join(missing)}


@requirement(gettext_lazy("The exchange is ongoing."), place="state")
def exchange_is_ongoing(ask: Ask) -> bool:
    return bool(ask.thing.exchange.state == ExchangeState.ONGOING)
