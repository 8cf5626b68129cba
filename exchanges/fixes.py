"""Fixes that several requirements share: the next step on a document of an exchange, and who can take it.

Everything is taken as it comes (`Any`): requirements refer to these, and models stand above them.
"""

from typing import Any

from cxc.access.scoped import Side
from cxc.core.links import path_of
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.fix_options import by_transitions, options_on
from cxc.workflow.todo import Todo
from exchanges import links
from exchanges.deadlines import exchange_of
from exchanges.enums import BEING_WRITTEN_STATES, PartState
from exchanges.rules.signatories import UPLOADERS
from profiles.enums import ProfileState
from profiles.fixes import participation_options, period_options, publishing_options

# Whom others may hand in a signature for.
ORGANISATIONS = (Side.VO, Side.HO)


def return_to_preparation(exchange: Any) -> list[FixOption]:
    """The transitions that lead an exchange into preparation, and who can perform them."""
    if exchange is None:
        return []
    names = ("prepare", "back_to_preparation", "undo_start", "reopen", "reopen_cancelled")
    return options_on(exchange, names, path_of(exchange, "state"))


def next_step_on_shared_part(shared: Any) -> list[FixOption]:
    """The next step on a shared part that is not validated: writing or validating it."""
    if shared is None:
        return []
    if shared.state == PartState.READY:
        return options_on(shared, ["validate"], links.validation_of_shared(shared))
    if shared.state in BEING_WRITTEN_STATES:
        return options_on(shared, ["edit"] if shared.gaps() else ["submit"], links.shared_part(shared))
    return []


def next_step_on_own_part(own: Any) -> list[FixOption]:
    """The next step on an own part: writing, validating or signing it."""
    if own is None:
        return []
    if own.state in BEING_WRITTEN_STATES:
        gaps = bool(own.gaps())
        return options_on(own, ["edit"] if gaps else ["submit"], links.own_part(own) if gaps else path_of(own))
    if own.state == PartState.READY:
        return options_on(own, ["validate"], links.validation_of_own(own))
    return signing(own)


def next_step_on_agreement(agreement: Any) -> list[FixOption]:
    """The next step on a Financial Agreement: writing, validating or signing it."""
    if agreement is None:
        return []
    if agreement.state in BEING_WRITTEN_STATES:
        gaps = bool(agreement.missing_bank_details())
        address = links.agreement(agreement) if gaps else path_of(agreement)
        return options_on(agreement, ["edit"] if gaps else ["submit"], address)
    if agreement.state == PartState.READY:
        return options_on(agreement, ["validate"], links.validation_of_agreement(agreement))
    return signing(agreement)


def signing(part: Any) -> list[FixOption]:
    """The parties whose signature the version that stands lacks, and those who may hand it in for them."""
    version = part.current_version
    if version is None or part.state != PartState.VALIDATED:
        return []
    lacking = version.unsigned_parties()
    address = links.signing(version)
    # The party itself is named first; its Partnership and the Support Office enter a scan for it.
    own = [FixOption(part.exchange, (Side(party),), address) for party in lacking]
    others = [party for party in lacking if Side(party) in ORGANISATIONS]
    return own + [FixOption(part.exchange, tuple(UPLOADERS[party]), address) for party in others]


def dates_of_visit(visit: Any, name: str) -> list[FixOption]:
    """Days, zone and places of a visit: its lead, once it is saved."""
    return options_on(visit, ["change_dates"], links.visit_dates(visit, name)) if visit.pk else []


def agreed_figures(field_name: str = "", todo: Todo | None = None) -> Fix:
    """The agreed figures of an exchange, in this field or the first that is missing."""
    return by_transitions(
        "set_agreed", page=lambda exchange: links.agreed_figures(exchange, field_name), on=exchange_of, todo=todo
    )


def handing_in(exchange: Any) -> list[FixOption]:
    """The visitor, or its Partnership for it, hands in evidence."""
    return [FixOption(exchange, (Side.VO, Side.VOP), links.evidence(exchange))]


def opening_of_visit(visit: Any, name: str) -> list[FixOption]:
    """What is said to visitors of a visit, once it is saved: its host and the host's Partnership."""
    if not visit.pk:
        return []
    return options_on(visit, ("open_to_visitors", "change_opening"), links.opening(visit, name))


def host_taking_visitors(host: Any) -> list[FixOption]:
    """Whoever gets a host profile published, or its period or participation extended."""
    if host.state != ProfileState.PUBLISHED:
        return publishing_options(host)
    return period_options(host) if host.is_over else participation_options(host)
