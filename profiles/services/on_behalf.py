"""A Partnership, or the Support Office, brings in an organisation that is not registered yet.

Rule: docs/rules.md, Profiles.
"""

from typing import Any

from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Principal
from cxc.workflow import NotAllowed
from cxc.workflow.unit_of_work import unit_of_work
from profiles.models import Generation, Profile
from profiles.services import invitations, organisations, profiles


@unit_of_work()
def register_with_profile(
    *,
    by: Actor,
    owner_email: str,
    profile_kind: str,
    generation: Generation,
    register_anyway: bool = False,
    **fields: Any,
) -> Profile:
    """Register an organisation, start its first profile and invite its owner, in one go.

    The person who does it becomes no member. Under a Partnership the profile is its own from the start.
    SimilarOrganisations when one like it exists and `register_anyway` is not set.
    """
    if by.principal not in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE} or not by.may_write:
        raise NotAllowed(_("Only coordinators and the Support Office register on behalf."))
    organisation = organisations.register(by=by, register_anyway=register_anyway, with_owner=False, **fields)
    started = profiles.start(organisation=organisation, kind=profile_kind, generation=generation, by=by)
    invitations.invite_first_owner(organisation, by=by, email=owner_email)
    return started.profile
