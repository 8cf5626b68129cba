"""From the home page to a submitted profile: how many pages one has to do something on."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from profiles.models import Organisation, Profile
from tests.factories import people
from tests.factories.parties import usual_parties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class Visitor:
    """A new person; `screens` are the pages on which they had to do something."""

    def __init__(self) -> None:
        self.client = Client()
        self.screens: list[str] = []

    def opens(self, address: str) -> str:
        """A page on which something is to be done."""
        self.screens.append(re.sub(r"\d+|confirm-email/[^/]+", "…", address))
        return self.client.get(address).content.decode()

    def sends(self, address: str, **typed: object) -> str:
        """Where the button leads."""
        response = self.client.post(address, typed)
        assert response.status_code == 302, response.content.decode()
        return str(response.headers["Location"])


def test_six_screens_lead_to_a_submitted_profile() -> None:
    usual_parties()  # its Partnerships take profiles
    visitor = Visitor()
    signup = reverse("account_signup")
    assert f'href="{signup}"' in visitor.opens(reverse("home"))
    visitor.opens(signup)
    password = "correct-horse-battery"
    visitor.sends(signup, full_name="Ana", email="ana@new.example", password1=password, password2=password)
    # The page that says "look into your mail" has nothing to do on it.
    link = re.search(r"http://\S+(/account/confirm-email/\S+/)", str(mail.outbox[-1].body))
    assert link
    visitor.opens(link[1])
    welcome = visitor.sends(link[1])
    assert 'name="legal_name"' in visitor.opens(welcome)
    facts: dict[str, object] = {
        "legal_name": "New Works",
        "kind": "sme",
        "country": "ES",
        "street": "Rua Nova 1",
        "postal_code": "36201",
        "city": "Vigo",
        "registration_number": "none",
        "first_profile_kind": "visiting",
    }
    facts["cluster"] = people.organisation("ES").cluster_id or ""
    first = visitor.sends(reverse("organisation-new"), **facts)
    profile = Profile.objects.get()
    page = visitor.opens(first)
    said = {
        "types": ["networking"],
        "physical": "on",
        "available_from": "1/10/2026",
        "available_to": "1.12.2026",
        "working_days": "3",
        "languages": ["en"],
        "version_read": str(profile.row_version),
        "base": re.search(r'name="base" value="([^"]*)"', page)[1],  # type: ignore[index]
    }
    second = visitor.sends(first, **said)
    page = visitor.opens(second)
    texts = {"motivation": "To learn", "description": "We do", "eligibility_declared": "on", "submit": "1"}
    texts |= {"version_read": str(Profile.objects.get().row_version), "base": ""}
    assert visitor.sends(second, **texts) == profile.get_absolute_url()
    assert (Profile.objects.get().state, Organisation.objects.get(legal_name="New Works").kind) == ("submitted", "sme")
    assert len(visitor.screens) == 6, visitor.screens
