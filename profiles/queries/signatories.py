"""Who may sign for organisations and Partnerships."""

from collections.abc import Iterable
from typing import Any

from profiles.models import Membership, Organisation, Partnership, PartnershipMembership, User

SigningBody = Organisation | Partnership
SIGNATORY_FILTER: dict[str, Any] = {"is_signatory": True, "user__is_active": True}


def people_who_may_sign(body: SigningBody) -> list[User]:
    """The people who may sign for it, in the order in which they joined."""
    memberships = body.memberships.filter(**SIGNATORY_FILTER).select_related("user")
    return [membership.user for membership in memberships.order_by("joined_at", "pk")]


def signatories_of(bodies: Iterable[SigningBody]) -> dict[SigningBody, set[int]]:
    """By body: the people who may sign for it, in two queries."""
    named: dict[SigningBody, set[int]] = {body: set() for body in bodies}
    organisations = {body.pk: body for body in named if isinstance(body, Organisation)}
    partnerships = {body.pk: body for body in named if isinstance(body, Partnership)}
    for membership in Membership.objects.filter(organisation__in=organisations, **SIGNATORY_FILTER):
        named[organisations[membership.organisation_id]].add(membership.user_id)
    for role in PartnershipMembership.objects.filter(partnership__in=partnerships, **SIGNATORY_FILTER):
        named[partnerships[role.partnership_id]].add(role.user_id)
    return named


def without_signatory(bodies: Iterable[SigningBody]) -> list[SigningBody]:
    """Those of these bodies that have named nobody who may sign."""
    return [body for body, people in signatories_of(bodies).items() if not people]
