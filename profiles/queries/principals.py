"""For whom a signed-in person acts: one organisation, one Partnership, or an office.

Someone who belongs to several picks one; the choice is kept in the session and checked anew at
every request, so that a membership that ended ends at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, Principal, Rank
from cxc.core.moments import OFFICE_ZONE
from profiles.enums import OrganisationRole, PartnershipRole
from profiles.models import Organisation, Partnership, User

SESSION_KEY = "acting-for"

_RANKS = {
    OrganisationRole.OWNER: Rank.OWNER,
    OrganisationRole.EDITOR: Rank.EDITOR,
    OrganisationRole.READER: Rank.READER,
}


@dataclass(frozen=True)
class Hat:
    """One body that a person may act for. `key` names it in forms and sessions."""

    key: str
    principal: Principal
    principal_id: int | None
    rank: Rank
    signatory: bool
    label: Any  # an office's is said in the language of the moment
    zone: str = OFFICE_ZONE


def hats_of(user: User) -> list[Hat]:
    """Every body that this person may act for, offices first."""
    hats = []
    if user.is_support_office:
        hats.append(Hat("so", Principal.SUPPORT_OFFICE, None, Rank.OWNER, False, _("Support Office")))
    if user.is_observer:
        hats.append(Hat("observer", Principal.OBSERVER, None, Rank.READER, False, _("Observer")))
    for place in user.partnership_memberships.select_related("partnership__seat"):
        rank = Rank.EDITOR if place.role == PartnershipRole.COORDINATOR else Rank.READER
        key = f"partnership-{place.partnership_id}"
        label, zone = place.partnership.acronym, place.partnership.seat.time_zone
        hats.append(Hat(key, Principal.PARTNERSHIP, place.partnership_id, rank, place.is_signatory, label, zone))
    for membership in user.memberships.select_related("organisation__country"):
        rank = _RANKS[OrganisationRole(membership.role)]
        key = f"organisation-{membership.organisation_id}"
        label, zone = membership.organisation.legal_name, membership.organisation.country.time_zone
        hats.append(
            Hat(key, Principal.ORGANISATION, membership.organisation_id, rank, membership.is_signatory, label, zone)
        )
    return hats


def actor_of(user: User, key: str = "") -> Actor:
    """The actor that this person is under the hat `key`; under their first where they have no such hat."""
    hats = hats_of(user)
    hat = next((hat for hat in hats if hat.key == key), hats[0] if hats else None)
    organisations = frozenset(h.principal_id for h in hats if h.principal is Principal.ORGANISATION and h.principal_id)
    partnerships = frozenset(h.principal_id for h in hats if h.principal is Principal.PARTNERSHIP and h.principal_id)
    if hat is None:
        return Actor(user=user)
    return Actor(
        user, hat.principal, hat.principal_id, hat.rank, hat.signatory, hat.label, organisations, partnerships, hat.zone
    )


def address_for(key: str, path: str, hats: Sequence[Hat]) -> str:
    """An address that opens for the hat `key`: by the page where one changes hats, for who has several."""
    if len(hats) < 2:
        return path
    return f"{reverse('acting')}?{urlencode({'hat': key, 'next': path})}"


def key_of(actor: Actor) -> str:
    """The key of the hat that this actor wears; '' for who belongs nowhere."""
    if actor.principal_id is not None:
        return f"{actor.principal.value}-{actor.principal_id}"
    return {Principal.SUPPORT_OFFICE: "so", Principal.OBSERVER: "observer"}.get(actor.principal, "")


def acting_organisation(actor: Actor) -> Organisation | None:
    """The organisation that somebody acts for; None where they act for something else."""
    if actor.principal is not Principal.ORGANISATION:
        return None
    return Organisation.objects.filter(pk=actor.principal_id or 0).first()


def acting_partnership(actor: Actor) -> Partnership | None:
    """The Partnership that somebody acts for; None where they act for something else."""
    if actor.principal is not Principal.PARTNERSHIP:
        return None
    return Partnership.objects.filter(pk=actor.principal_id or 0).first()
