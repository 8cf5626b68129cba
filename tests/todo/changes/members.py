"""Changes of people and of what they may do."""

from collections.abc import Mapping

from profiles.enums import OrganisationRole, PartnershipRole
from profiles.models import (
    Membership,
    PartnershipMembership,
    User,
)
from profiles.services import members
from profiles.services.people import anonymise
from tests.factories import people
from tests.factories.parties import Parties
from tests.todo.changes.steps import After, Change, sql


def signs(parties: Parties) -> Membership:
    """The one signatory of the visitor."""
    return Membership.objects.get(organisation=parties.visitor, is_signatory=True)


def remove_signatory(parties: Parties) -> None:
    members.change(signs(parties), by=parties.vo, role=OrganisationRole.OWNER, is_signatory=False)


def leave(parties: Parties) -> None:
    people.member(parties.visitor)
    members.remove(signs(parties), by=parties.vo)


def same_person_signs(parties: Parties) -> object:
    """For the visitor's Partnership as for the visitor, and nobody else does."""
    PartnershipMembership.objects.filter(partnership=parties.vop).update(is_signatory=False)
    user = people.user_of(parties.vo)
    return PartnershipMembership.objects.create(
        partnership=parties.vop, user=user, role=PartnershipRole.COORDINATOR, is_signatory=True
    )


def not_active(parties: Parties) -> object:
    return User.objects.filter(pk=people.user_of(parties.vo).pk).update(is_active=False)


PEOPLE: Mapping[str, Change] = {
    "signatory taken away": remove_signatory,
    "signatory named": After(
        remove_signatory,
        lambda parties: members.add(parties.visitor, people.person(), role="reader", is_signatory=True),
    ),
    "member removed": leave,
    "memberships deleted": lambda parties: parties.vop.memberships.all().delete(),
    "membership moved": lambda parties: Membership.objects.filter(pk=signs(parties).pk).update(
        organisation=people.organisation("FR")
    ),
    "memberships deleted by SQL": sql("DELETE FROM profiles_membership"),
    "same person signs for two": same_person_signs,
    "another signatory beside": After(same_person_signs, lambda parties: people.member(parties.visitor, signs=True)),
    "same person signs no more": After(same_person_signs, lambda parties: people.coordinator(parties.vop, signs=True)),
    "person not active": not_active,
    "person active again": After(
        not_active, lambda parties: User.objects.filter(pk=people.user_of(parties.vo).pk).update(is_active=True)
    ),
    "person anonymised": lambda parties: anonymise(people.user_of(parties.vo), by=parties.so),
}
