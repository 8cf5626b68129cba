"""Evidence handed in. Accepting and returning it, and all of the Final Activity Report, are plain transitions.

The payment follows by itself (`payments`). Rule: docs/rules.md, Evidence; Money.
"""

import hashlib
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Side, sides_of
from cxc.core.models import StoredFile
from cxc.workflow import Refused, TransitionContext, create
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.enums import EvidenceKind, EvidenceState, ExchangeState
from exchanges.models import Evidence, Exchange, Visit
from exchanges.requirements.report_and_evidence import evidence_can_be_handed_in
from exchanges.services.outcomes import Outcome, perform_each
from profiles.enums import Modality

# The host hands in its letter, and the visitor's Partnership for its own visitors.
HAND_IN_LETTER = frozenset({Side.HO, Side.VOP})
# Of these the letter says nothing; those that have not begun are listed, and skipped with the reason.
NOT_LISTED = (ExchangeState.DRAFT, ExchangeState.CANCELLED)


def hand_in(exchange: Exchange, *, kind: str, file: StoredFile, by: Actor, note: str = "") -> Evidence:
    """Add a piece of evidence to a physical exchange; a host organisation adds its letter only.

    RequirementsUnmet while the exchange is not ongoing (or closed and not yet paid).
    """
    return create(Evidence(exchange=exchange, kind=kind, file=file, note=note), "upload", by=by)


def exchanges_for_letter(visit: Visit, by: Actor) -> list[Exchange]:
    """The physical exchanges of the visit for which the actor may hand in the host's letter, by visitor."""
    exchanges = visit.exchanges.filter(modality=Modality.PHYSICAL).exclude(state__in=NOT_LISTED)
    read = exchanges.with_display_relations().select_related("payment")
    ordered = read.order_by("organisation__legal_name__folded", "pk")
    return [exchange for exchange in ordered if _may_hand_in_letter(exchange, by)]


def _may_hand_in_letter(exchange: Exchange, by: Actor) -> bool:
    return by.may_write and bool(sides_of(by, exchange) & HAND_IN_LETTER)


def letter_is_wanted(visit: Visit, by: Actor) -> bool:
    """Whether there is an exchange that takes evidence now, for which the actor may hand in the letter.

    Prefetch the exchanges with their sides and payments.
    """
    if visit.modality != Modality.PHYSICAL:
        return False
    return takes_letter([exchange for exchange in visit.exchanges.all() if _may_hand_in_letter(exchange, by)], by)


def takes_letter(exchanges: Iterable[Exchange], by: Actor) -> bool:
    """Whether one of these takes evidence now. Read them with their payments."""
    pieces = (TransitionContext(Evidence(exchange=exchange), by, Side.HO) for exchange in exchanges)
    return any(evidence_can_be_handed_in.is_met(piece) for piece in pieces)


def hand_in_letter(visit: Visit, *, upload: UploadedFile, by: Actor, note: str = "") -> Outcome[Exchange, Evidence]:
    """One letter of the host for all its visitors: a piece of evidence for each exchange, all with that file.

    An exchange that takes no evidence now, or has this letter already, is skipped with the reason.
    """
    content = upload.read()
    upload.seek(0)
    sha256 = hashlib.sha256(content).hexdigest()
    exchanges = exchanges_for_letter(visit, by)
    given = Evidence.objects.filter(exchange__in=exchanges, kind=EvidenceKind.HOST_LETTER, file__sha256=sha256)
    has_it = set(given.exclude(state=EvidenceState.RETURNED).values_list("exchange", flat=True))
    with unit_of_work():
        file = StoredFile.store_upload(upload, by=by.user)

        def do(exchange: Exchange) -> Evidence:
            if exchange.pk in has_it:
                raise Refused(_("This letter was handed in for this exchange already."))
            return hand_in(exchange, kind=EvidenceKind.HOST_LETTER, file=file, by=by, note=note)

        outcome = perform_each(exchanges, do)
        if not outcome.done:
            file.erase()
    return outcome
