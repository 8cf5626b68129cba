"""The mails that follow transitions of exchanges and their documents."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.core.amounts import in_eur
from cxc.workflow.notify import Notify
from cxc.workflow.requirements import TransitionContext
from matching.notifications import ALL_PARTIES

VO, HO, VOP, HOP, LEAD, SO = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.LEAD, Side.SO


def in_words(day: Any) -> str:
    """A local date as mails say it."""
    return date_format(day, "j F Y") if day else "–"


# --- an exchange until it is ready -------------------------------------------------------------------


def _starts_on(context: TransitionContext) -> str:
    return _now("It starts on %(day)s at the place of the visit.") % {"day": in_words(context.thing.agreed_start)}


def _is_now(context: TransitionContext) -> str:
    return _now("The exchange is now “%(state)s”.") % {"state": context.thing.get_state_display()}


PREPARATION_BEGUN = Notify(
    ALL_PARTIES,
    _("The preparation has begun"),
    _(
        "Write the Commitment to Quality now; the Support Office has to have it %(ctq_days_before_start)s days before"
        " the start."
    ),
    anchor="ctq",
)
READY_TO_START = Notify(ALL_PARTIES, _("Ready to start"), _starts_on)
SET_BACK = Notify(ALL_PARTIES, _("Set back"), _is_now)

# --- cancelling --------------------------------------------------------------------------------------

ASKED_TO_CANCEL = Notify(
    (VOP, HOP),
    _("Asked to cancel"),
    _("Cancel the exchange, or refuse and say why. The start waits for your answer."),
    anchor="cancel",
)
REQUEST_REFUSED = Notify((VO, HO), _("The request to cancel was refused"), _("The exchange goes on as agreed."))
CANCELLED = Notify(
    ALL_PARTIES,
    _("The exchange is cancelled"),
    _("Its documents are kept. The match still stands: it can be cancelled as well, which frees the place."),
)
REOPENED = Notify(ALL_PARTIES, _("The cancelled exchange is in preparation again"))

# --- Commitment to Quality ---------------------------------------------------------------------------


def _of_shared(to: tuple[Side, ...], subject: Any) -> Notify:
    return Notify(to, subject, anchor="ctq", label=lambda part: part.visit)


def _of_own(to: tuple[Side, ...], subject: Any, text: Any = "") -> Notify:
    return Notify(to, subject, text, anchor="ctq", label=lambda part: part.exchange)


SHARED_PART_SUBMITTED = _of_shared((SO,), _("Shared part of the CTQ to validate"))
SHARED_PART_TAKEN_BACK = _of_shared((SO, HO), _("Shared part of the CTQ taken back"))
SHARED_PART_RETURNED = _of_shared((LEAD, HO), _("Shared part of the CTQ returned"))
SHARED_PART_VALIDATED = _of_shared((LEAD, HO), _("Shared part of the CTQ validated"))
OWN_PART_SUBMITTED = _of_own((SO,), _("Visitor's part of the CTQ to validate"))
OWN_PART_TAKEN_BACK = _of_own((SO, VO), _("Visitor's part of the CTQ taken back"))
CTQ_RETURNED = _of_own((VO, VOP), _("CTQ returned"), _("Put it right and mark it ready again."))
CTQ_VALIDATED = _of_own(ALL_PARTIES, _("CTQ validated"), _("It can be signed now, by all four."))
CTQ_EDITORIAL = _of_own(
    ALL_PARTIES,
    _("CTQ corrected in wording only"),
    _(
        "Signatures stay. A signatory may object within 7 days, on the page of the exchange; then the correction"
        " counts no more."
    ),
)
CTQ_EDITORIAL_VOIDED = _of_own(
    (*ALL_PARTIES, SO),
    _("Objection to a correction of the CTQ"),
    _(
        "The version before stands again, with its signatures. What is to be changed all the same needs a new version,"
        " which all sign."
    ),
)
CTQ_SIGNED = _of_own(ALL_PARTIES, _("CTQ signed by all"))

# --- Financial Agreement -----------------------------------------------------------------------------


def _of_agreement(to: tuple[Side, ...], subject: Any, text: Any = "") -> Notify:
    return Notify(to, subject, text, anchor="fa", label=lambda agreement: agreement.exchange)


AGREEMENT_SUBMITTED = _of_agreement((SO,), _("Financial Agreement to validate"))
AGREEMENT_TAKEN_BACK = _of_agreement((SO, VO), _("Financial Agreement taken back"))
AGREEMENT_RETURNED = _of_agreement(
    (VO, VOP), _("Financial Agreement returned"), _("Put it right and mark it ready again.")
)
AGREEMENT_VALIDATED = _of_agreement(
    (VO, VOP), _("Financial Agreement validated"), _("It can be signed now, by the visitor and its Partnership.")
)
AGREEMENT_SIGNED = _of_agreement((VO, VOP), _("Financial Agreement signed by both"))

# --- from the start on -------------------------------------------------------------------------------


def actual_days(context: TransitionContext) -> str:
    """The figures of the stay as they were corrected."""
    return _now("The stay counts %(days)s working days, until %(end)s.") % {
        "days": context.thing.actual_working_days,
        "end": in_words(context.thing.actual_end),
    }


def payable_amount(context: TransitionContext) -> str:
    """What will be paid, and why where it is not what the pay-out rule gives."""
    text = _now("%(amount)s will be paid once the exchange is closed.") % {"amount": in_eur(context.thing.payable)}
    return f"{text} {context.thing.payable_why}".strip()


def payment_due(context: TransitionContext) -> str:
    """What is to be paid, and by when."""
    return _now("%(amount)s, by %(day)s.") % {
        "amount": in_eur(context.thing.amount),
        "day": in_words(context.thing.due_on),
    }


def payment_made(context: TransitionContext) -> str:
    """What was paid, and what is still due."""
    paid = _now("%(amount)s were paid on %(day)s, reference %(reference)s.") % {
        "amount": in_eur(context.facts["amount"]),
        "day": in_words(context.facts["paid_on"]),
        "reference": context.facts["reference"].strip(),
    }
    rest = _now("%(rest)s are still due.") % {"rest": in_eur(context.thing.amount_due)}
    return f"{paid} {rest}" if context.thing.amount_due else paid


# --- moving a visit ----------------------------------------------------------------------------------


def _new_days(move: Any) -> dict[str, str]:
    return {"first": in_words(move.first_day), "last": in_words(move.last_day)}


def _asked_days(context: TransitionContext) -> str:
    return _now("From %(first)s to %(last)s, when the host and the visitors' Partnerships agree.") % _new_days(
        context.thing
    )


def _to_agree(context: TransitionContext) -> str:
    """The new days, why, and whose exchange would be cancelled."""
    move = context.thing.move
    sentence = _now("From %(first)s to %(last)s. The page says what becomes of each exchange; agree there, or refuse.")
    cancelled = [
        _now("%(visitor)s could not come: %(why)s Its exchange would be cancelled.")
        % {"visitor": one.exchange.organisation, "why": " ".join(one.sentences)}
        for one in context.facts["cannot_come"]()
    ]
    return "\n\n".join([sentence % _new_days(move), *cancelled, move.why])


def _moved_days(context: TransitionContext) -> str:
    return _now("It takes place from %(first)s to %(last)s.") % _new_days(context.thing)


def _moved_stay(context: TransitionContext) -> str:
    """The days of one exchange; to the visitor and its Partnership, who may read the amount too."""
    exchange, is_agreed = context.thing, context.thing.agreed_start is not None
    days = _now("It takes place from %(first)s to %(last)s: %(days)s working days.") % {
        "first": in_words(exchange.start),
        "last": in_words(exchange.end),
        "days": exchange.agreed_working_days if is_agreed else exchange.planned_working_days,
    }
    amount = exchange.agreed_lump_sum if is_agreed else exchange.planned_lump_sum
    lump_sum = _now("The lump sum is %(amount)s.") % {"amount": in_eur(amount)} if amount is not None else ""
    documents = _now("What was validated or signed for the earlier days is validated and signed anew.")
    return " ".join(filter(None, [days, lump_sum, documents]))


EXCHANGE_MOVED = Notify((VO, VOP), _("The exchange moves to other days with its visit"), _moved_stay, anchor="agreed")
MOVE_TO_AGREE = Notify((HO, VOP), _("Do you agree to move the visit?"), _to_agree, label=lambda one: one.move.visit)


def _of_move(to: tuple[Side, ...], subject: Any, text: Any = "") -> Notify:
    return Notify(to, subject, text, label=lambda move: move.visit)


MOVE_ASKED = _of_move((VO, HOP, LEAD), _("It is proposed to move the visit to other days"), _asked_days)
MOVE_AGREED = _of_move((LEAD, HO, HOP), _("All have agreed to move the visit"), _("The lead carries it out now."))
MOVE_CARRIED_OUT = _of_move((HO, HOP, LEAD), _("The visit has moved to other days"), _moved_days)
MOVE_REFUSED = _of_move((*ALL_PARTIES, LEAD), _("The visit stays on its days: the move was refused"))
MOVE_WITHDRAWN = _of_move((*ALL_PARTIES, LEAD), _("The visit stays on its days: the move was withdrawn"))
MOVE_EXPIRED = _of_move((*ALL_PARTIES, LEAD), _("The visit stays on its days: the move has expired"))
