"""The mails of this app that follow a move: after what, to whom, saying what."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.comms.news import tell
from cxc.workflow import TransitionContext

VO, HO, VOP, HOP, LEAD, SO = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.LEAD, Side.SO
ALL = (VO, HO, VOP, HOP)

EXCHANGE, SHARED, OWN = "exchanges.exchange", "exchanges.sharedpart", "exchanges.ownpart"
AGREEMENT = "exchanges.financialagreement"


def register() -> None:
    """Called when the app is ready."""
    _of_exchanges()
    _of_cancelling()
    _of_the_ctq()
    _of_the_agreement()


def _of_exchanges() -> None:
    tell(
        EXCHANGE,
        "prepare",
        to=ALL,
        subject=_("The preparation has begun"),
        words=_("Write the Commitment to Quality now; the Support Office has to have it 14 days before the start."),
        place="ctq",
    )
    tell(EXCHANGE, "set_ready", "set_ready_late", to=ALL, subject=_("Ready to start"), words=_starts_on)
    tell(
        EXCHANGE,
        "back_to_preparation",
        "back_to_draft",
        "undo_start",
        to=ALL,
        subject=_("Set back"),
        words=lambda context: _now("It is “%(state)s” now.") % {"state": context.thing.get_state_display()},
    )


def _of_cancelling() -> None:
    tell(
        EXCHANGE,
        "ask_to_cancel",
        to=(VOP, HOP),
        subject=_("Asked to cancel"),
        words=_("Cancel the exchange, or refuse and say why. The start waits for your answer."),
        place="cancel",
    )
    tell(
        EXCHANGE,
        "refuse_to_cancel",
        to=(VO, HO),
        subject=_("The request to cancel was refused"),
        words=_("The exchange goes on as agreed."),
    )
    tell(
        EXCHANGE,
        "cancel",
        "cancel_ongoing",
        to=ALL,
        subject=_("The exchange is cancelled"),
        words=_("Its documents are kept. The match still stands: it can be cancelled as well, which frees the place."),
    )
    tell(EXCHANGE, "reopen_cancelled", to=ALL, subject=_("The cancelled exchange is in preparation again"))


def _of_the_ctq() -> None:
    visit: dict[str, Any] = {"label": lambda part: part.visit, "place": "ctq"}
    own: dict[str, Any] = {"label": lambda part: part.exchange, "place": "ctq"}
    tell(SHARED, "submit", to=(SO,), subject=_("Shared part of the CTQ to validate"), **visit)
    tell(SHARED, "take_back", to=(SO, HO), subject=_("Shared part of the CTQ taken back"), **visit)
    tell(SHARED, "send_back", to=(LEAD, HO), subject=_("Shared part of the CTQ returned"), **visit)
    tell(
        SHARED,
        "validate",
        "validate_as_editorial",
        to=(LEAD, HO),
        subject=_("Shared part of the CTQ validated"),
        **visit,
    )
    tell(OWN, "submit", to=(SO,), subject=_("Visitor's part of the CTQ to validate"), **own)
    tell(OWN, "take_back", to=(SO, VO), subject=_("Visitor's part of the CTQ taken back"), **own)
    tell(
        OWN,
        "send_back",
        "returned_with_shared",
        to=(VO, VOP),
        subject=_("CTQ returned"),
        words=_("Put it right and mark it ready again."),
        **own,
    )
    tell(OWN, "validate", to=ALL, subject=_("CTQ validated"), words=_("It can be signed now, by all four."), **own)
    tell(OWN, "complete_signatures", to=ALL, subject=_("CTQ signed by all"), **own)


def _of_the_agreement() -> None:
    where: dict[str, Any] = {"label": lambda paper: paper.exchange, "place": "fa"}
    tell(AGREEMENT, "submit", to=(SO,), subject=_("Financial Agreement to validate"), **where)
    tell(AGREEMENT, "take_back", to=(SO, VO), subject=_("Financial Agreement taken back"), **where)
    tell(
        AGREEMENT,
        "send_back",
        to=(VO, VOP),
        subject=_("Financial Agreement returned"),
        words=_("Put it right and mark it ready again."),
        **where,
    )
    tell(
        AGREEMENT,
        "validate",
        to=(VO, VOP),
        subject=_("Financial Agreement validated"),
        words=_("It can be signed now, by the visitor and its Partnership."),
        **where,
    )
    tell(AGREEMENT, "complete_signatures", to=(VO, VOP), subject=_("Financial Agreement signed by both"), **where)


def _starts_on(context: TransitionContext) -> str:
    return _now("It starts on %(day)s at the place of the visit.") % {"day": _day(context.thing.agreed_start)}


def _day(day: Any) -> str:
    return date_format(day, "j F Y") if day else "–"
