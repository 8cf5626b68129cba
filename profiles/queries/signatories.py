"""Who may sign for organisations and Partnerships."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, Value

from profiles.models import Membership, Organisation, Partnership, PartnershipMembership, User

SigningBody = Organisation | Partnership
SIGNATORY_FILTER: dict[str, Any] = {"is_signatory": True, "user__is_active": True}


def people_who_may_sign(body: SigningBody) -> list[User]:
    """The people who may sign for it, in the order in which they joined."""
    memberships = body.memberships.filter(**SIGNATORY_FILTER).select_related("user")
    return [membership.user for membership in memberships.order_by("joined_at", "pk")]


@dataclass
class Signatories:
    """The ids of the people who may sign for a body, and how many of them sign one document."""

    people: set[int] = field(default_factory=set)
    needed: int = 1

    @property
    def are_enough(self) -> bool:
        return len(self.people) >= self.needed


def signatories_of(bodies: Iterable[SigningBody]) -> dict[SigningBody, Signatories]:
    """By body: who may sign for it, in one query."""
    named: dict[SigningBody, Signatories] = {body: Signatories() for body in bodies}
    organisations = {body.pk: body for body in named if isinstance(body, Organisation)}
    partnerships = {body.pk: body for body in named if isinstance(body, Partnership)}
    of_organisations = _ids(Membership.objects.filter(organisation__in=organisations), "organisation")
    of_partnerships = _ids(PartnershipMembership.objects.filter(partnership__in=partnerships), "partnership")
    for kind, pk, user_id, are_joint in of_organisations.union(of_partnerships):
        of_body = named[(organisations if kind == "organisation" else partnerships)[pk]]
        of_body.people.add(user_id)
        of_body.needed = 2 if are_joint else 1
    return named


def _ids(memberships: QuerySet, body: str) -> QuerySet:
    """Kind and id of the body, id of the person, and whether two sign jointly, of those memberships that may sign."""
    found = memberships.filter(**SIGNATORY_FILTER).order_by()
    return found.values_list(Value(body), f"{body}_id", "user_id", f"{body}__signs_jointly")


def without_signatory(bodies: Iterable[SigningBody]) -> list[SigningBody]:
    """Those of these bodies that have not named enough people who may sign."""
    return [body for body, named in signatories_of(bodies).items() if not named.are_enough]
