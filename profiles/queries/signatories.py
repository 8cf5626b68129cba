"""Who may sign for organisations and Partnerships."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet, Value

from profiles.models import Membership, Organisation, Partnership, PartnershipMembership, User

SigningBody = Organisation | Partnership
SIGNATORY_FILTER: dict[str, Any] = {"is_signatory": True, "user__is_active": True}


def people_who_may_sign(body: SigningBody) -> list[User]:
    """The people who may sign for it, in the order in which they joined."""
    memberships = body.memberships.filter(**SIGNATORY_FILTER).select_related("user")
    return [membership.user for membership in memberships.order_by("joined_at", "pk")]


def signatories_of(bodies: Iterable[SigningBody]) -> dict[SigningBody, set[int]]:
    """By body: the people who may sign for it, in one query."""
    named: dict[SigningBody, set[int]] = {body: set() for body in bodies}
    organisations = {body.pk: body for body in named if isinstance(body, Organisation)}
    partnerships = {body.pk: body for body in named if isinstance(body, Partnership)}
    of_organisations = _ids(Membership.objects.filter(organisation__in=organisations), "organisation")
    of_partnerships = _ids(PartnershipMembership.objects.filter(partnership__in=partnerships), "partnership")
    for kind, pk, user_id in of_organisations.union(of_partnerships):
        named[(organisations if kind == "organisation" else partnerships)[pk]].add(user_id)
    return named


def _ids(memberships: QuerySet, body: str) -> QuerySet:
    """Kind and id of the body, and id of the person, of those memberships that may sign."""
    found = memberships.filter(**SIGNATORY_FILTER).order_by()
    return found.values_list(Value(body), f"{body}_id", "user_id")


def without_signatory(bodies: Iterable[SigningBody]) -> list[SigningBody]:
    """Those of these bodies that have named nobody who may sign."""
    return [body for body, people in signatories_of(bodies).items() if not people]
