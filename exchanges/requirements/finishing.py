"""What an exchange needs to be closed, and what evidence, report and payment need."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.ground.access import Side
from cxc.ground.calendar import midnight
from cxc.ground.moves.asking import Ask, Kind, requirement
from exchanges.enums import EvidenceKind, EvidenceState, ExchangeState, PaymentState, ReportState
from exchanges.rules import NEXT_DAY
from profiles.enums import Modality


def _exchange(ask: Ask):  # type: ignore[no-untyped-def]
    """The exchange itself, or the one that the thing belongs to."""
    return getattr(ask.thing, "exchange", ask.thing)


@requirement(gettext_lazy("The exchange has ended."), place="actual")
def end_past(ask: Ask) -> object:
    exchange = _exchange(ask)
    end = exchange.actual_end or exchange.agreed_end
    return (end is not None and ask.now >= midnight(end + NEXT_DAY, exchange.visit.time_zone)) or _(
        "The exchange lasts until %(day)s; a stay cut short is entered as such first."
    ) % {"day": end}


@requirement(gettext_lazy("The Final Activity Report is accepted."), kind=Kind.DOCUMENT, place="far")
def far_accepted(ask: Ask) -> bool:
    report = ask.thing.report_or_none
    return report is not None and report.state == ReportState.ACCEPTED


@requirement(gettext_lazy("The evidence is accepted."), kind=Kind.DOCUMENT, place="evidence")
def evidence_accepted(ask: Ask) -> object:
    """At least one piece accepted, and none still waiting for an answer."""
    if ask.thing.modality != Modality.PHYSICAL:
        return True
    states = set(ask.thing.evidence.values_list("state", flat=True))
    if EvidenceState.WAITING in states:
        return _("Some evidence still waits for an answer.")
    return EvidenceState.ACCEPTED in states or _("No evidence of the stay has been accepted yet.")


@requirement(gettext_lazy("The payable amount is accepted."), place="payable")
def payable_accepted(ask: Ask) -> bool:
    return ask.thing.modality != Modality.PHYSICAL or ask.thing.payable_accepted_at is not None


@requirement(gettext_lazy("A Partnership corrects the actual figures downwards only; the Support Office may do more."))
def downwards(ask: Ask) -> bool:
    """Nothing to say while no figures are given: the screen offers the form."""
    if not ask.facts:
        return True
    exchange = ask.thing
    start, end = ask.facts.get("start", exchange.actual_start), ask.facts.get("end", exchange.actual_end)
    return bool(start >= exchange.agreed_start and end <= exchange.agreed_end)


@requirement(
    gettext_lazy(
        "Nobody decides on the money or the report of an organisation they belong to: another coordinator or the"
        " Support Office does."
    )
)
def no_conflict(ask: Ask) -> bool:
    return _exchange(ask).organisation_id not in ask.actor.organisations


@requirement(gettext_lazy("Under the least working days the Support Office decides what is payable."), place="payable")
def enough_days_for_partnership(ask: Ask) -> bool:
    exchange = _exchange(ask)
    days = exchange.actual_working_days
    return ask.side is Side.SO or (days is not None and days >= exchange.generation.min_working_days)


@requirement(
    gettext_lazy(
        "The payable amount is at most the Financial Agreement's; where it is not what the pay-out rule gives, it is"
        " said why."
    ),
    place="payable",
)
def payable_right(ask: Ask) -> object:
    exchange, by_rule = ask.thing, ask.thing.payable_by_rule()
    amount, most = exchange.payable, exchange.agreed_lump_sum
    if amount is None or most is None:
        return _("There is no lump sum to pay from: ask the Support Office.")
    if not 0 <= amount <= most:
        return _("Between 0 and the agreement's %(most)s EUR can be paid.") % {"most": most}
    return (
        amount == by_rule
        or bool(exchange.payable_why)
        or _("The pay-out rule gives %(amount)s EUR: say why another amount is paid.") % {"amount": by_rule}
    )


@requirement(gettext_lazy("The exchange is physical."))
def is_physical(ask: Ask) -> bool:
    return bool(_exchange(ask).modality == Modality.PHYSICAL)


@requirement(gettext_lazy("The exchange is ongoing."))
def exchange_ongoing(ask: Ask) -> bool:
    return bool(_exchange(ask).state == ExchangeState.ONGOING)


@requirement(gettext_lazy("The exchange is ongoing, or closed and not yet paid."))
def evidence_time(ask: Ask) -> bool:
    exchange = _exchange(ask)
    if exchange.state == ExchangeState.ONGOING:
        return True
    payment = exchange.payment_or_none
    return exchange.state == ExchangeState.CLOSED and (payment is None or payment.state != PaymentState.PAID)


@requirement(gettext_lazy("A host organisation hands in its own letter only."))
def hosts_own_letter(ask: Ask) -> bool:
    return bool(ask.thing.kind == EvidenceKind.HOST_LETTER)


@requirement(gettext_lazy("The report is filled in."), place="far")
def report_complete(ask: Ask) -> object:
    gaps = [label for name, label in ask.thing.COMPULSORY.items() if not getattr(ask.thing, name)]
    return not gaps or _("Still missing: %(what)s.") % {"what": ", ".join(str(gap) for gap in gaps)}


@requirement(gettext_lazy("A report submitted for the visitor carries the paper or mail it comes from."), place="far")
def paper_behind_report(ask: Ask) -> bool:
    return ask.thing.handed_in_file_id is not None or "file" in ask.facts
