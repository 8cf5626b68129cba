"""A person who asks for it is forgotten; the history stays."""

import pytest
from allauth.account.models import EmailAddress

from cxc.comms.models import Mail
from cxc.workflow import NotAllowed, Refused
from cxc.workflow.models import StateEvent
from profiles.models import Invitation, User
from profiles.services import invitations
from profiles.services.people import anonymise
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_name_address_and_places_go_and_the_events_stay() -> None:
    parties = usual_parties()
    people.member(parties.visitor)
    lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    user = parties.vo.user
    address = user.email
    EmailAddress.objects.create(user=user, email=address, verified=True)
    invitations.invite(parties.host, by=parties.ho, email=address, role="reader")
    anonymise(user, by=parties.vo)
    forgotten = User.objects.get(pk=user.pk)
    assert (forgotten.email, forgotten.full_name, forgotten.is_active, forgotten.has_usable_password()) == (
        f"anonymous-{user.pk}@anonymous.invalid",
        "Former user",
        False,
        False,
    )
    assert not forgotten.memberships.exists()
    assert not EmailAddress.objects.filter(email=address).exists()
    assert not Invitation.objects.filter(email=address).exists()
    assert StateEvent.objects.filter(by_user=forgotten).count() == 1


def test_mails_forget_the_address() -> None:
    of = people.organisation()
    guest = people.person("Guest")
    invitations.invite(of, by=people.member(of), email=guest.email, role="reader")
    anonymise(guest, by=people.support_office())
    assert not Mail.objects.filter(to_address=guest.email).exists()


def test_twice_is_once() -> None:
    user = people.person("Guest")
    so = people.support_office()
    first = anonymise(user, by=so).anonymised_at
    assert anonymise(user, by=so).anonymised_at == first


def test_the_last_owner_hands_over_first_unless_the_support_office_does_it() -> None:
    of = people.organisation()
    owner = people.member(of)
    with pytest.raises(Refused):
        anonymise(owner.user, by=owner)
    assert anonymise(owner.user, by=people.support_office()).anonymised_at


def test_nobody_forgets_somebody_else() -> None:
    with pytest.raises(NotAllowed):
        anonymise(people.person(), by=people.stranger())
