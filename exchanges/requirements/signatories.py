"""Whether the bodies that sign have named people who may, and enough different ones."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.sanitise import one_full_stop
from cxc.workflow.batch import loaded
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.fix_options import options_on
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges import links
from exchanges.deadlines import exchange_of
from exchanges.enums import CTQ_PARTIES, FA_PARTIES, Party
from exchanges.rules.signatories import can_differ
from profiles.queries.signatories import Signatories, SigningBody, signatories_of

Bodies = dict[SigningBody, Party]
Named = dict[SigningBody, Signatories]


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


def signing_bodies(thing: Any) -> Bodies:
    """All bodies that sign: what an exchange or its documents are signed by, or the host's side of a shared part."""
    exchange = exchange_of(thing)
    return bodies_of(exchange, CTQ_PARTIES) if hasattr(exchange, "match") else host_bodies(thing.visit)


def _signatories(things: Sequence[Any]) -> Mapping[int, Named]:
    """The people who may sign for each body of each thing, in two queries."""
    bodies = {thing.pk: list(signing_bodies(thing)) for thing in things}
    named = signatories_of(body for found in bodies.values() for body in found)
    return {pk: {body: named[body] for body in found} for pk, found in bodies.items()}


def bodies_without_signatory(thing: Any, bodies: Bodies) -> Bodies:
    """Those of these bodies of a thing that have not named enough people who may sign."""
    named = loaded(exchange_of(thing), _signatories)
    return {body: party for body, party in bodies.items() if not named[body].are_enough}


def _named(thing: Any, bodies: Bodies) -> object:
    missing = bodies_without_signatory(thing, bodies)
    text = _("Name at least one person who may sign for %(who)s; two where two sign jointly.")
    text %= {"who": ", ".join(map(str, missing))}
    return not missing or one_full_stop(text)


def _members(thing: Any, bodies: Bodies) -> list[FixOption]:
    """Each body names its own signatories, on the page of its members."""
    return [FixOption(thing, (Side(party.value),), links.team(body)) for body, party in bodies.items()]


def _naming_at_host(context: TransitionContext) -> list[FixOption]:
    shared = context.thing
    return _members(shared, bodies_without_signatory(shared, host_bodies(shared.visit)))


@requirement(
    gettext_lazy("The host and its Partnership have each named a signatory."),
    otherwise=gettext_lazy("Name at least one person who may sign for the host, and one for its Partnership."),
    fix=Fix(_naming_at_host),
    kind=Kind.DOCUMENT,
)
def host_signatories_named(context: TransitionContext) -> object:
    return _named(context.thing, host_bodies(context.thing.visit))


def _naming_at_visitor(context: TransitionContext) -> list[FixOption]:
    part = context.thing
    return _members(part, bodies_without_signatory(part, bodies_of(part.exchange, FA_PARTIES)))


@requirement(
    gettext_lazy("The visitor and its Partnership have each named a signatory."),
    otherwise=gettext_lazy("Name at least one person who may sign for the visitor, and one for its Partnership."),
    fix=Fix(_naming_at_visitor),
    kind=Kind.DOCUMENT,
)
def visitor_signatories_named(context: TransitionContext) -> object:
    return _named(context.thing, bodies_of(context.thing.exchange, FA_PARTIES))


def _naming_more(context: TransitionContext) -> list[FixOption]:
    exchange = context.thing.exchange
    allowing = options_on(exchange, ["allow_one_signatory"], links.allowing_one_signatory(exchange))
    return [*_members(context.thing, bodies_of(exchange, context.thing.PARTIES)), *allowing]


@requirement(
    gettext_lazy("Different people can sign for the different bodies, or the Support Office has allowed one person."),
    otherwise=gettext_lazy("Name more people who may sign, or ask the Support Office to allow one person."),
    fix=Fix(_naming_more),
    kind=Kind.DOCUMENT,
)
def signatories_differ(context: TransitionContext) -> object:
    exchange = context.thing.exchange
    return bool(exchange.one_signatory_reason) or people_differ(context.thing, context.thing.PARTIES)


def people_differ(thing: Any, parties: Iterable[Party]) -> object:
    """True when each body could be signed for by somebody else; bodies that have named nobody are not counted.

    Where two sign jointly they are two other people.
    """
    known = loaded(exchange_of(thing), _signatories)
    named = {body: known[body] for body in bodies_of(exchange_of(thing), tuple(parties)) if known[body].people}
    groups = [one.people for one in named.values() for _place in range(one.needed)]
    return can_differ(groups) or _(
        "Nobody signs one document for two bodies. Name one more person who may sign for %(who)s, or ask the Support"
        " Office to allow one person."
    ) % {"who": _(" or ").join(map(str, named))}


@requirement(
    gettext_lazy("One person is the only signatory of several of the bodies."),
    otherwise=gettext_lazy("Leave it as it is: different people can sign for the different bodies."),
)
def one_signatory_only(context: TransitionContext) -> object:
    return people_differ(context.thing, CTQ_PARTIES) is not True


# --- signing -----------------------------------------------------------------------------------------


@requirement(
    gettext_lazy("The document is one that is signed now."),
    otherwise=gettext_lazy("Open the exchange and see what is missing: this document can't be signed now."),
)
def can_be_signed(context: TransitionContext) -> bool:
    return bool(context.thing.takes_signatures)


def _end_of_objections(part: Any) -> datetime | None:
    """The moment until which a signatory may object to the version in force; None where it is no editorial one."""
    version = part.current_version
    return version.objections_until if version is not None else None


@requirement(
    gettext_lazy("The version is an editorial one and was made less than a week ago."),
    otherwise=gettext_lazy("Ask the Support Office to correct the document: an objection is possible for a week only."),
    kind=Kind.TIMING,
    met_until=_end_of_objections,
)
def editorial_version_is_recent(context: TransitionContext) -> bool:
    until = _end_of_objections(context.thing)
    return until is not None and context.now <= until


@requirement(
    gettext_lazy("The exchange is in preparation, or all had signed before the editorial version."),
    otherwise=gettext_lazy("Set the exchange back to preparation first: the version before lacks signatures."),
)
def signed_before_editorial_version(context: TransitionContext) -> bool:
    """Signatures that were given on the editorial version itself go with it, and have to be given anew."""
    part = context.thing
    return part.takes_signatures or not part.current_version.signatures.exists()


@requirement(
    gettext_lazy("The party has not signed this version."),
    otherwise=gettext_lazy("Leave it as it is: your party has already signed this version."),
)
def party_has_not_signed(context: TransitionContext) -> bool:
    """Of two who sign jointly, the one who has signed has nothing more to decide."""
    version, person = context.thing.current_version, context.actor.user
    if version is not None and person is not None and version.is_signed_by(person.pk):
        return False
    return context.side in {Side(party.value) for party in context.thing.unsigned_parties()}
