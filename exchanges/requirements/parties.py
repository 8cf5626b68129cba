"""What documents print of the parties has to be entered before the Support Office validates them.

Rule: docs/rules.md, Organisations and Partnerships. The shared part asks it of host and HOP, the own part and the
Financial Agreement of the visitor and its Partnership.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.workflow.batch import loaded
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges.deadlines import exchange_of
from exchanges.enums import FA_PARTIES
from exchanges.requirements.signatories import bodies_of, host_bodies
from profiles.fixes import address_options, contract_options
from profiles.models import Generation, Organisation
from profiles.queries.contract_details import missing_details, read_details
from profiles.queries.signatories import SigningBody

Gaps = dict[SigningBody, list[str]]


def generation_of(thing: Any) -> Generation:
    """The generation of an exchange and its documents; of a shared part, the host's."""
    exchange = exchange_of(thing)
    found: Generation = exchange.generation if hasattr(exchange, "match") else thing.visit.host_profile.generation
    return found


def _printed_bodies(thing: Any) -> list[SigningBody]:
    """The bodies whose details are asked with an exchange: the visitor's; with a shared part: the host's."""
    return list(bodies_of(thing, FA_PARTIES) if hasattr(thing, "match") else host_bodies(thing.visit))


def _gaps(things: Sequence[Any]) -> Mapping[int, Gaps]:
    """What is missing of each such body of each exchange, or shared part."""
    bodies = {thing.pk: _printed_bodies(thing) for thing in things}
    read_details(body for found in bodies.values() for body in found)
    return {
        thing.pk: {body: missing_details(body, generation_of(thing)) for body in bodies[thing.pk]} for thing in things
    }


def bodies_with_gaps(thing: Any, bodies: Iterable[SigningBody]) -> Gaps:
    """Those of these bodies of a thing of which something is missing, with what."""
    gaps = loaded(exchange_of(thing), _gaps)
    return {body: gaps[body] for body in bodies if gaps[body]}


def _complete(thing: Any, bodies: Iterable[SigningBody]) -> object:
    missing = bodies_with_gaps(thing, bodies)
    listed = "; ".join(f"{body}: {', '.join(gaps)}" for body, gaps in missing.items())
    return not missing or _("Enter what the document prints of the parties. %(what)s.") % {"what": listed}


def _to_enter_details(thing: Any, bodies: Iterable[SigningBody]) -> list[FixOption]:
    """Where each body enters what documents print of it."""
    return [
        option
        for body in bodies_with_gaps(thing, bodies)
        for option in (address_options(body) if isinstance(body, Organisation) else contract_options(body))
    ]


@requirement(
    gettext_lazy(
        "Address and registration number of the host, coordinating organisation and grant agreement number of its"
        " Partnership are entered."
    ),
    otherwise=gettext_lazy("Enter what the document prints of the host and its Partnership."),
    fix=Fix(lambda context: _to_enter_details(context.thing, host_bodies(context.thing.visit))),
    kind=Kind.DOCUMENT,
)
def hosting_parties_complete(context: TransitionContext) -> object:
    return _complete(context.thing, host_bodies(context.thing.visit))


@requirement(
    gettext_lazy(
        "Address and registration number of the visitor, coordinating organisation and grant agreement number of its"
        " Partnership are entered."
    ),
    otherwise=gettext_lazy("Enter what the document prints of the visitor and its Partnership."),
    fix=Fix(lambda context: _to_enter_details(context.thing, bodies_of(context.thing.exchange, FA_PARTIES))),
    kind=Kind.DOCUMENT,
)
def visiting_parties_complete(context: TransitionContext) -> object:
    return _complete(context.thing, bodies_of(context.thing.exchange, FA_PARTIES))
