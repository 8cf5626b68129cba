"""For whom a signed-in person acts: one organisation, one Partnership, or an office.

Someone who belongs to several picks one; the choice is kept in the session and checked anew at
every request, so that a membership that ended ends at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, Principal, Rank
from cxc.core.compiled_queries import compiled_once
from cxc.core.moments import OFFICE_ZONE
from profiles.enums import OrganisationRole, PartnershipRole
from profiles.models import Membership, Organisation, Partnership, PartnershipMembership, User

SESSION_KEY = "acting-for"

_RANK_OF_ROLE = {
    OrganisationRole.OWNER: Rank.OWNER,
    OrganisationRole.EDITOR: Rank.EDITOR,
    OrganisationRole.READER: Rank.READER,
}


@dataclass(frozen=True)
class AvailablePrincipal:
    """An organisation, Partnership or office that a person may act for. `key` names it in forms and sessions."""

    key: str
    principal: Principal
    principal_id: int | None
    rank: Rank
    signatory: bool
    label: Any  # an office's is translated when it is shown
    zone: str = OFFICE_ZONE


def available_principals(user: User) -> list[AvailablePrincipal]:
    """Everything that this person may act for, offices first."""
    principals = []
    if user.is_support_office:
        principals.append(
            AvailablePrincipal("so", Principal.SUPPORT_OFFICE, None, Rank.OWNER, False, _("Support Office"))
        )
    if user.is_observer:
        principals.append(AvailablePrincipal("observer", Principal.OBSERVER, None, Rank.READER, False, _("Observer")))
    for pk, role, is_signatory, acronym, zone in _partnerships_of(person=user.pk):
        rank = Rank.EDITOR if role == PartnershipRole.COORDINATOR else Rank.READER
        key = f"partnership-{pk}"
        principals.append(AvailablePrincipal(key, Principal.PARTNERSHIP, pk, rank, is_signatory, acronym, zone))
    for pk, role, is_signatory, name, zone in _organisations_of(person=user.pk):
        rank = _RANK_OF_ROLE[OrganisationRole(role)]
        key = f"organisation-{pk}"
        principals.append(AvailablePrincipal(key, Principal.ORGANISATION, pk, rank, is_signatory, name, zone))
    return principals


@compiled_once
def _partnerships_of(*, person: int) -> "QuerySet[PartnershipMembership, tuple]":
    return (
        PartnershipMembership.objects.filter(user=person)
        .order_by("partnership", "pk")
        .values_list("partnership", "role", "is_signatory", "partnership__acronym", "partnership__seat__time_zone")
    )


@compiled_once
def _organisations_of(*, person: int) -> "QuerySet[Membership, tuple]":
    columns = ("organisation", "role", "is_signatory", "organisation__legal_name", "organisation__country__time_zone")
    return Membership.objects.filter(user=person).order_by("organisation", "pk").values_list(*columns)


def actor_of(user: User, key: str = "") -> Actor:
    """The person acting for the principal with this key; for their first where they have no such principal."""
    principals = available_principals(user)
    available = next(
        (available for available in principals if available.key == key), principals[0] if principals else None
    )
    organisations = frozenset(
        available.principal_id
        for available in principals
        if available.principal is Principal.ORGANISATION and available.principal_id
    )
    partnerships = frozenset(
        available.principal_id
        for available in principals
        if available.principal is Principal.PARTNERSHIP and available.principal_id
    )
    if available is None:
        return Actor(user=user)
    return Actor(
        user,
        available.principal,
        available.principal_id,
        available.rank,
        available.signatory,
        available.label,
        organisations,
        partnerships,
        available.zone,
    )


def actor_for_principal(user: User, principal: str, principal_id: int | None) -> Actor | None:
    """The person acting for this principal as they may now; None where the account is closed or the membership over."""
    available = available_principals(user) if user.is_active else []
    key = next((one.key for one in available if (one.principal, one.principal_id) == (principal, principal_id)), None)
    return actor_of(user, key) if key else None


def link_as_principal(key: str, path: str, principals: Sequence[AvailablePrincipal]) -> str:
    """An address that opens for this principal: by the page where one chooses it, for people who have several."""
    if len(principals) < 2:
        return path
    return _link(key, path)


def link_to_act_for(body: Organisation | Partnership, path: str) -> str:
    """An address that opens for this body, after the sign-in and for people who act for several."""
    return _link(f"{body._meta.model_name}-{body.pk}", path)


def _link(key: str, path: str) -> str:
    return f"{reverse('act-for')}?{urlencode({'principal': key, 'next': path})}"


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
