"""What the parts of the CTQ need, and what they share with the Financial Agreement."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Principal, Side, may_see
from cxc.core.links import path_of
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.fix_options import by_transitions, options_on
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from cxc.workflow.todo import ITSELF, Todo
from exchanges import deadlines, fixes, links
from exchanges.enums import EDITABLE_STATES, LOCKED_STATES, ExchangeState, PartState

WRITE_SHARED_PART = Todo(
    "shared_part",
    (Side.HO, Side.LEAD),
    gettext_lazy("Write the shared part of the CTQ with the agenda"),
    due=deadlines.SHARED_CTQ,
    remind=deadlines.CTQ_REMIND,
    text=deadlines.CTQ_TEXT,
    page=links.shared_part,
    anchor="ctq",
    hands_in=ITSELF,
)
WRITE_OWN_PART = Todo(
    "own_part",
    (Side.VO,),
    gettext_lazy("Write your part of the CTQ"),
    due=deadlines.CTQ,
    remind=deadlines.CTQ_REMIND,
    remind_to=(Side.VO, Side.VOP),
    text=deadlines.CTQ_TEXT,
    page=links.own_part,
    hands_in=ITSELF,
)

# --- the visit, and the shared part ------------------------------------------------------------------


def _first_in(visit: Any, *states: ExchangeState) -> Any:
    """The first of its exchanges, the newest first, in one of these states."""
    return next((exchange for exchange in visit.exchanges.all() if exchange.state in states), None)


def _visit_of(context: TransitionContext) -> Any:
    return getattr(context.thing, "visit", context.thing)


@requirement(
    gettext_lazy("No exchange of the visit is ready to start, ongoing or closed."),
    otherwise=gettext_lazy(
        "Set the exchange of the visit that is ready to start, ongoing or closed back to preparation first."
    ),
    fix=Fix(lambda context: fixes.return_to_preparation(_first_in(_visit_of(context), *LOCKED_STATES))),
)
def visit_unlocked(context: TransitionContext) -> object:
    """The shared part, dates and places follow the most advanced exchange of the visit."""
    locking = _first_in(_visit_of(context), *LOCKED_STATES)
    if locking is not None and _is_of_another_visitor(locking, context.actor):
        return False
    return locking is None or _(
        "Set the exchange of %(visitor)s back to preparation first: it is “%(state)s”, which locks the shared part,"
        " dates and places of the visit."
    ) % {"visitor": locking.organisation, "state": locking.get_state_display()}


def _is_of_another_visitor(exchange: Any, actor: Actor) -> bool:
    """Whether an organisation may not read who comes by this exchange."""
    return actor.principal is Principal.ORGANISATION and not may_see(actor, exchange, "name")


def _preparing_a_draft(context: TransitionContext) -> list[FixOption]:
    draft = _first_in(context.thing.visit, ExchangeState.DRAFT)
    return options_on(draft, ["prepare"], path_of(draft, "state"))


@requirement(
    gettext_lazy("An exchange of the visit is in preparation."),
    otherwise=gettext_lazy("Start the preparation of an exchange of the visit first."),
    fix=Fix(_preparing_a_draft),
)
def visit_in_preparation(context: TransitionContext) -> bool:
    return _first_in(context.thing.visit, ExchangeState.PREPARATION) is not None


@requirement(
    gettext_lazy("The shared part is filled in: goals, mutual learning, feedback time and the agenda."),
    otherwise=gettext_lazy("Fill in the shared part: goals, mutual learning, feedback time and the agenda."),
    fix=by_transitions("edit", page=links.shared_part, todo=WRITE_SHARED_PART),
)
def shared_complete(context: TransitionContext) -> object:
    gaps = context.thing.gaps()
    return not gaps or _("Fill in what is missing: %(what)s.") % {"what": ", ".join(gaps)}


# --- the own part ------------------------------------------------------------------------------------


@requirement(
    gettext_lazy("The own part is filled in: objectives, expected outcomes, follow-up, responsibilities."),
    otherwise=gettext_lazy("Fill in the own part: objectives, expected outcomes, follow-up, responsibilities."),
    fix=by_transitions("edit", page=links.own_part, todo=WRITE_OWN_PART),
)
def own_complete(context: TransitionContext) -> object:
    gaps = context.thing.gaps()
    return not gaps or _("Fill in what is missing: %(what)s.") % {"what": ", ".join(gaps)}


@requirement(
    gettext_lazy("The shared part is validated."),
    otherwise=gettext_lazy("Have the shared part validated first."),
    fix=Fix(lambda context: fixes.next_step_on_shared_part(context.thing.exchange.visit.shared_part_or_none)),
    kind=Kind.DOCUMENT,
)
def shared_validated(context: TransitionContext) -> bool:
    shared = context.thing.exchange.visit.shared_part_or_none
    return shared is not None and shared.state == PartState.VALIDATED


@requirement(
    gettext_lazy("The agreed dates are entered."),
    otherwise=gettext_lazy("Enter the agreed dates."),
    fix=fixes.agreed_figures("start"),
)
def agreed_dates_given(context: TransitionContext) -> bool:
    exchange = context.thing.exchange
    return bool(exchange.agreed_start and exchange.agreed_end)


@requirement(
    gettext_lazy("An earlier version was validated."),
    otherwise=gettext_lazy("Validate it as a whole: no earlier version was validated."),
)
def validated_before(context: TransitionContext) -> bool:
    return bool(context.thing.validated_version)


@requirement(
    gettext_lazy("The own part is as it was validated."),
    otherwise=gettext_lazy("Validate the own part anew: it was changed since it was validated."),
)
def own_unchanged(context: TransitionContext) -> bool:
    own = context.thing
    last = own.current_version
    return last is not None and own.validated_version == own.version == last.part_version


@requirement(
    gettext_lazy(
        "Since the version before, dates and working days are the same, and the shared part changed in wording only."
    ),
    otherwise=gettext_lazy(
        "Validate it as a whole, to be signed anew: dates, working days or more than the wording of the shared part"
        " have changed."
    ),
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


# --- own part and Financial Agreement ----------------------------------------------------------------

RETURN_TO_PREPARATION = Fix(lambda context: fixes.return_to_preparation(context.thing.exchange))


@requirement(
    gettext_lazy("The exchange is a draft or in preparation; after that the document is locked."),
    otherwise=gettext_lazy("Set the exchange back to preparation first: the document is locked."),
    fix=RETURN_TO_PREPARATION,
)
def exchange_is_editable(context: TransitionContext) -> object:
    exchange = context.thing.exchange
    return exchange.state in EDITABLE_STATES or _(
        "The exchange is “%(state)s” and the document is locked: set the exchange back to preparation first."
    ) % {"state": exchange.get_state_display()}


@requirement(
    gettext_lazy("The exchange is in preparation."),
    otherwise=gettext_lazy("Start the preparation of the exchange first, or set it back to preparation."),
    fix=RETURN_TO_PREPARATION,
)
def exchange_in_preparation(context: TransitionContext) -> object:
    exchange = context.thing.exchange
    return exchange.state == ExchangeState.PREPARATION or _(
        "Start the preparation of the exchange first, or set it back to preparation: it is “%(state)s”."
    ) % {"state": exchange.get_state_display()}


@requirement(
    gettext_lazy("All parties have signed this version."),
    otherwise=gettext_lazy("Have it signed by the parties that have not signed this version."),
    fix=Fix(lambda context: fixes.signing(context.thing)),
    kind=Kind.DOCUMENT,
)
def all_signed(context: TransitionContext) -> object:
    missing = context.thing.parties_still_to_sign()
    return not missing or _("Have it signed by: %(who)s.") % {"who": ", ".join(missing)}


@requirement(
    gettext_lazy("Nothing of it was signed: a signed document is kept, so cancel the exchange instead."),
    otherwise=gettext_lazy("Cancel the exchange instead: something of it was signed, and a signed document is kept."),
    fix=by_transitions("cancel", page=lambda exchange: links.form("exchange_cancel", exchange.pk, "reason")),
)
def nothing_signed(context: TransitionContext) -> bool:
    return not context.thing.document_versions.filter(signatures__isnull=False).exists()
