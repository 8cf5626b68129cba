"""CTQ and Financial Agreement, validated and signed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges.enums import PartState
from profiles.enums import Modality


@requirement(gettext_lazy("The CTQ is validated and signed by all four parties."), kind=Kind.DOCUMENT, anchor="ctq")
def ctq_signed(context: TransitionContext) -> object:
    own, shared = context.thing.own_part_or_none, context.thing.visit.shared_part_or_none
    if own is None and context.thing.is_recorded:
        return True
    if own is None or shared is None or shared.state != PartState.VALIDATED:
        return _("The shared part of the CTQ is not validated yet.")
    if own.state == PartState.SIGNED:
        return True
    if own.state != PartState.VALIDATED:
        return _("The own part of the CTQ is not validated yet.")
    return _("The CTQ still needs the signature of: %(who)s.") % {"who": ", ".join(own.parties_still_to_sign())}


@requirement(
    gettext_lazy("The Financial Agreement is validated and signed by the visitor and its Partnership."),
    kind=Kind.DOCUMENT,
    anchor="fa",
)
def fa_signed(context: TransitionContext) -> object:
    if context.thing.modality != Modality.PHYSICAL:
        return True
    agreement = context.thing.agreement_or_none
    if agreement is None and context.thing.is_recorded:
        return True
    if agreement is not None and agreement.state == PartState.SIGNED:
        return True
    if agreement is None or agreement.state != PartState.VALIDATED:
        return _("The Financial Agreement is not validated yet.")
    return _("The Financial Agreement still needs the signature of: %(who)s.") % {
        "who": ", ".join(agreement.parties_still_to_sign())
    }


@requirement(gettext_lazy("CTQ and Financial Agreement were complete before the start."), kind=Kind.DOCUMENT)
def complete_before_start(context: TransitionContext) -> object:
    signed_at = context.thing.documents_complete_at()
    start = context.thing.visit.midnight_of(context.thing.agreed_start) if context.thing.agreed_start else None
    return (signed_at is not None and start is not None and signed_at < start) or _(
        "CTQ and Financial Agreement were not complete before the start: ask the Support Office."
    )
