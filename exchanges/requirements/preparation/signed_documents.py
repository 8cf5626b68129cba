"""CTQ and Financial Agreement, validated and signed."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges import fixes
from exchanges.enums import PartState
from exchanges.requirements.preparation.start import agreed_start_moment
from profiles.enums import Modality


def _next_step_on_ctq(context: TransitionContext) -> list[FixOption]:
    """The shared part comes first: without it no own part is validated."""
    shared = context.thing.visit.shared_part_or_none
    if shared is None or shared.state != PartState.VALIDATED:
        return fixes.next_step_on_shared_part(shared)
    return fixes.next_step_on_own_part(context.thing.own_part_or_none)


@requirement(
    gettext_lazy("The CTQ is validated and signed by all four parties."),
    otherwise=gettext_lazy("Write the CTQ, have it validated, and have it signed by all four parties."),
    fix=Fix(_next_step_on_ctq),
    kind=Kind.DOCUMENT,
)
def ctq_signed(context: TransitionContext) -> object:
    own, shared = context.thing.own_part_or_none, context.thing.visit.shared_part_or_none
    if own is None and context.thing.is_recorded:
        return True
    if own is None or shared is None or shared.state != PartState.VALIDATED:
        return _("Have the shared part of the CTQ validated first.")
    if own.state == PartState.SIGNED:
        return True
    if own.state != PartState.VALIDATED:
        return _("Have the visitor's part of the CTQ validated first.")
    return _("Have the CTQ signed by: %(who)s.") % {"who": ", ".join(own.parties_still_to_sign())}


@requirement(
    gettext_lazy("The Financial Agreement is validated and signed by the visitor and its Partnership."),
    otherwise=gettext_lazy("Have the Financial Agreement validated and signed by the visitor and its Partnership."),
    fix=Fix(lambda context: fixes.next_step_on_agreement(context.thing.agreement_or_none)),
    kind=Kind.DOCUMENT,
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
        return _("Have the Financial Agreement validated first.")
    return _("Have the Financial Agreement signed by: %(who)s.") % {"who": ", ".join(agreement.parties_still_to_sign())}


def _setting_ready_late(context: TransitionContext) -> list[FixOption]:
    """The Support Office sets it ready, with the reason."""
    address = reverse("transition", args=["exchanges.exchange", context.thing.pk, "set_ready_late"]) + "#reason"
    return [FixOption(context.thing, (Side.SO,), address)]


@requirement(
    gettext_lazy("CTQ and Financial Agreement were complete before the start."),
    otherwise=gettext_lazy(
        "Ask the Support Office to set the exchange ready: CTQ and Financial Agreement were not complete before the"
        " start."
    ),
    fix=Fix(_setting_ready_late),
    kind=Kind.DOCUMENT,
)
def complete_before_start(context: TransitionContext) -> bool:
    signed_at = context.thing.documents_complete_at()
    start = agreed_start_moment(context.thing)
    return signed_at is not None and start is not None and signed_at < start
