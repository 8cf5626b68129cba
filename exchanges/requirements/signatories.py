"""Whether the bodies that sign have named people who may, and enough different ones."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.sanitise import one_full_stop
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges.enums import CTQ_PARTIES, FA_PARTIES, Party
from exchanges.rules.signatories import can_differ
from profiles.queries.signatories import SigningBody, signatories_of, without_signatory

Bodies = dict[SigningBody, Party]


def host_bodies(visit: Any) -> Bodies:
    """The host organisation and its Partnership."""
    profile = visit.host_profile
    return {profile.organisation: Party.HO, profile.partnership: Party.HOP}


def bodies_of(exchange: Any, parties: tuple[Party, ...]) -> Bodies:
    """The bodies behind these parties, each once: a Partnership on both sides signs as one."""
    found: Bodies = {}
    for party in parties:
        found.setdefault(exchange.body_of(party), party)
    return found


def _named(bodies: Bodies) -> object:
    missing = without_signatory(bodies)
    text = _("Name at least one person who may sign for %(who)s.") % {"who": ", ".join(map(str, missing))}
    return not missing or one_full_stop(text)


@requirement(
    gettext_lazy("The host and its Partnership have each named a signatory."), kind=Kind.DOCUMENT, anchor="signatories"
)
def host_signatories_named(context: TransitionContext) -> object:
    return _named(host_bodies(context.thing.visit))


@requirement(
    gettext_lazy("The visitor and its Partnership have each named a signatory."),
    kind=Kind.DOCUMENT,
    anchor="signatories",
)
def visitor_signatories_named(context: TransitionContext) -> object:
    return _named(bodies_of(context.thing.exchange, FA_PARTIES))


@requirement(
    gettext_lazy("Different people can sign for the different bodies, or the Support Office has allowed one person."),
    kind=Kind.DOCUMENT,
    anchor="signatories",
)
def signatories_differ(context: TransitionContext) -> object:
    exchange = context.thing.exchange
    return bool(exchange.one_signatory_reason) or people_differ(exchange, context.thing.PARTIES)


def people_differ(exchange: Any, parties: tuple[Party, ...]) -> object:
    """True when each body could be signed for by somebody else; bodies that have named nobody are not counted."""
    named = {body: people for body, people in signatories_of(bodies_of(exchange, parties)).items() if people}
    return can_differ(named.values()) or _(
        "Nobody signs one document for two bodies. Name one more person who may sign for %(who)s, or ask the Support"
        " Office to allow one person."
    ) % {"who": _(" or ").join(map(str, named))}


@requirement(gettext_lazy("One person is the only signatory of several of the bodies."))
def one_signatory_only(context: TransitionContext) -> object:
    return people_differ(context.thing, CTQ_PARTIES) is not True
