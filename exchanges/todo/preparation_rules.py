"""What is owed until an exchange is ready to start, and done by no transition of the thing on which it is owed."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.core.links import path_of
from cxc.todo.subjects import TodoRule
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.todo import Due, Needs, Todo
from exchanges import deadlines, links
from exchanges.documents.kinds import Document, signed_documents
from exchanges.enums import CTQ_PARTIES, FA_PARTIES, UNVALIDATED_STATES, ExchangeState, Party
from exchanges.requirements.parties import bodies_with_gaps
from exchanges.requirements.signatories import bodies_without_signatory, people_differ, signing_bodies
from profiles import links as profile_links
from profiles.models import Organisation

VO, HO, VOP, HOP, SO = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO
DRAFT, PREPARATION = ExchangeState.DRAFT, ExchangeState.PREPARATION

BUILD_EXCHANGE = TodoRule(
    Todo(
        "build_exchange",
        (VOP, HOP),
        _("Build the exchange of the confirmed match"),
        since=lambda match: match.confirmed_at,
        anchor="next",
    )
)

# --- signatures --------------------------------------------------------------------------------------


def _lacks_signature(document: Document, party: Party, exchange: Any, _deadlines: Deadlines) -> bool:
    """Whether the version in force waits for this party."""
    version = document.version_in_force(exchange) if exchange.state == PREPARATION else None
    return version is not None and party in version.unsigned_parties()


def _page_of_signing(document: Document, exchange: Any) -> str:
    version = document.version_in_force(exchange)
    return links.signing(version) if version is not None else path_of(exchange, document.kind)


def _signature(document: Document, party: Party) -> TodoRule:
    """After a missed start nobody is asked to sign any more."""
    todo = Todo(
        f"sign_{document.kind}_{party}",
        (Side(party.value),),
        document.to_sign,
        due=deadlines.DAY_BEFORE_START,
        remind=(-7, -3, 0),
        text=_("Without all signatures before the start the exchange can't begin."),
        anchor=document.kind,
        page=partial(_page_of_signing, document),
        needs=Needs.SIGN,
        permission=document.permission,
        visible_until=deadlines.start_moment,
    )
    return TodoRule(todo, partial(_lacks_signature, document, party))


# --- what the bodies that sign enter of themselves -----------------------------------------------------


def _waits_for_details(thing: Any) -> bool:
    """Whether documents are to be validated yet, so that what they print can still be missing."""
    if not hasattr(thing, "match"):
        return True
    parts = (thing.own_part_or_none, thing.agreement_or_none)
    return thing.state == PREPARATION and any(part is not None and part.state in UNVALIDATED_STATES for part in parts)


def _body_of(thing: Any, party: Party) -> Any:
    return next((body for body, of in signing_bodies(thing).items() if of == party), None)


def _has_no_signatory(party: Party, thing: Any, _deadlines: Deadlines) -> bool:
    body = _body_of(thing, party) if _waits_for_details(thing) else None
    return body is not None and bool(bodies_without_signatory(thing, {body: party}))


def _signatory(party: Party, due: Due) -> TodoRule:
    todo = Todo(
        f"name_signatory_{party}",
        (Side(party.value),),
        _("Name at least one person who may sign"),
        due=due,
        remind=deadlines.CTQ_REMIND,
        text=_("Until then the documents of the exchange can't be validated."),
        page=lambda thing: links.team(_body_of(thing, party)),
    )
    return TodoRule(todo, partial(_has_no_signatory, party))


def _people_are_the_same(exchange: Any, _deadlines: Deadlines) -> bool:
    """Whether one person would have to sign for two bodies, and nobody has allowed it."""
    asked = _waits_for_details(exchange) and not exchange.one_signatory_reason
    return asked and people_differ(exchange, CTQ_PARTIES) is not True


DIFFERENT_SIGNATORIES = TodoRule(
    Todo(
        "different_signatories",
        (VOP,),
        _("Have different people named who may sign, or ask the Support Office to allow one person"),
        due=deadlines.CTQ,
        anchor="ctq",
    ),
    _people_are_the_same,
)


def _has_gaps(party: Party, thing: Any, _deadlines: Deadlines) -> bool:
    body = _body_of(thing, party) if _waits_for_details(thing) else None
    return body is not None and bool(bodies_with_gaps(thing, [body]))


def _page_of_details(party: Party, thing: Any) -> str:
    body = _body_of(thing, party)
    return profile_links.address(body) if isinstance(body, Organisation) else profile_links.contract_details(body)


def _details(party: Party, due: Due) -> TodoRule:
    of_organisation = party in {Party.VO, Party.HO}
    todo = Todo(
        f"enter_details_{party}",
        (Side(party.value),),
        _("Enter your address and registration number")
        if of_organisation
        else _("Enter your coordinating organisation and grant agreement number"),
        due=due,
        remind=deadlines.CTQ_REMIND,
        text=_("The documents of the exchange print it: until then they can't be validated."),
        page=partial(_page_of_details, party),
    )
    return TodoRule(todo, partial(_has_gaps, party))


# --- a missed start ----------------------------------------------------------------------------------


def _is_not_ready(exchange: Any, _deadlines: Deadlines) -> bool:
    return exchange.state in {DRAFT, PREPARATION} and exchange.cancel_asked_at is None


START_MISSED = TodoRule(
    Todo(
        "start_missed",
        (VOP, SO),
        _("Help with the exchange, or cancel it: its start day has passed and it is not ready"),
        due=deadlines.FIRST_DAY,
        anchor="state",
        blocks=False,
        visible_from=deadlines.start_moment,
    ),
    _is_not_ready,
)

OF_EXCHANGE = (
    *(_signature(document, party) for document in signed_documents() for party in document.parties),
    *(_signatory(party, deadlines.CTQ) for party in FA_PARTIES),
    *(_details(party, deadlines.CTQ) for party in FA_PARTIES),
    DIFFERENT_SIGNATORIES,
    START_MISSED,
)
OF_SHARED_PART = (
    *(_signatory(party, deadlines.SHARED_CTQ) for party in (Party.HO, Party.HOP)),
    *(_details(party, deadlines.SHARED_CTQ) for party in (Party.HO, Party.HOP)),
)
