"""What documents print of the parties has to be entered before the Support Office validates them.

Rule: the things, Partnership and Organisation. The shared part asks it of host and HOP, the own part and the
Financial Agreement of the visitor and its Partnership.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges.enums import FA_PARTIES
from exchanges.requirements.signatories import bodies_of, host_bodies
from profiles.models import Generation
from profiles.queries.contract_details import missing_details
from profiles.queries.signatories import SigningBody


def hosting_bodies(shared: Any) -> tuple[list[SigningBody], Generation]:
    """Host and HOP of a shared part."""
    visit = shared.visit
    return list(host_bodies(visit)), visit.host_profile.generation


def visiting_bodies(part: Any) -> tuple[list[SigningBody], Generation]:
    """Visitor and VOP of an own part or Financial Agreement."""
    return list(bodies_of(part.exchange, FA_PARTIES)), part.exchange.generation


def bodies_with_gaps(bodies: list[SigningBody], generation: Generation) -> dict[SigningBody, list[str]]:
    """The bodies of which something is missing, with what."""
    found = {body: missing_details(body, generation) for body in dict.fromkeys(bodies)}
    return {body: gaps for body, gaps in found.items() if gaps}


def _check_contract_details(bodies: list[SigningBody], generation: Generation) -> object:
    missing = bodies_with_gaps(bodies, generation)
    listed = "; ".join(f"{body}: {', '.join(gaps)}" for body, gaps in missing.items())
    return not missing or _("Enter what the document prints of the parties. %(what)s.") % {"what": listed}


@requirement(
    gettext_lazy(
        "Address and registration number of the host, coordinating organisation and grant agreement number of its"
        " Partnership are entered."
    ),
    kind=Kind.DOCUMENT,
    anchor="parties",
)
def hosting_parties_complete(context: TransitionContext) -> object:
    return _check_contract_details(*hosting_bodies(context.thing))


@requirement(
    gettext_lazy(
        "Address and registration number of the visitor, coordinating organisation and grant agreement number of its"
        " Partnership are entered."
    ),
    kind=Kind.DOCUMENT,
    anchor="parties",
)
def visiting_parties_complete(context: TransitionContext) -> object:
    return _check_contract_details(*visiting_bodies(context.thing))
