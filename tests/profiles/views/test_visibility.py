"""Every page of this app, for every role: found, forbidden, not found, or asked to sign in."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import reverse

from cxc.access.scoped import NOBODY, Actor
from profiles.models import Profile
from tests.factories import clients, people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@dataclass
class Seen:
    """The cast with one profile, and everybody who might look at it."""

    parties: Parties
    profile: Profile
    actors: dict[str, Actor] = field(default_factory=dict)


@pytest.fixture
def seen() -> Seen:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    actors = {
        "owner": parties.vo,
        "editor": people.member(parties.visitor, "editor"),
        "reader": people.member(parties.visitor, "reader"),
        "other": parties.ho,
        "coordinator": parties.vop_coordinator,
        "partnership reader": people.coordinator(parties.vop, "reader"),
        "other coordinator": parties.hop_coordinator,
        "SO": parties.so,
        "observer": people.observer(),
        "stranger": people.stranger(),
        "nobody": NOBODY,
    }
    return Seen(parties, profile, actors)


Address = Callable[[Seen], str]
ROLES = (
    "owner",
    "editor",
    "reader",
    "other",
    "coordinator",
    "partnership reader",
    "other coordinator",
    "SO",
    "observer",
    "stranger",
    "nobody",
)


def pages() -> dict[str, tuple[Address, str]]:
    """Page → address, and the answers in the order of ROLES."""
    return {
        "home": (lambda s: reverse("home"), "200 200 200 200 200 200 200 200 200 200 200"),
        "welcome": (lambda s: reverse("welcome"), "200 200 200 200 200 200 200 200 200 200 302"),
        "act-for": (lambda s: reverse("act-for"), "200 200 200 200 200 200 200 200 200 200 302"),
        "me": (lambda s: reverse("me"), "200 200 200 200 200 200 200 200 200 200 302"),
        "organisation": (
            lambda s: s.parties.visitor.get_absolute_url(),
            "200 200 200 404 200 200 404 200 200 404 302",
        ),
        "organisation edit": (
            lambda s: reverse("organisation-edit", args=[s.parties.visitor.pk]),
            "200 200 403 404 403 403 404 200 403 404 302",
        ),
        "organisation identity": (
            lambda s: reverse("organisation-identity", args=[s.parties.visitor.pk]),
            "200 200 403 404 200 403 404 200 403 404 302",
        ),
        "organisation members": (
            lambda s: reverse("team", kwargs={"kind": "organisations", "pk": s.parties.visitor.pk}),
            "200 200 200 404 200 200 404 200 403 404 302",
        ),
        "organisation new": (
            lambda s: reverse("organisation-new"),
            "200 200 200 200 200 200 200 200 200 200 302",
        ),
        "partnerships": (lambda s: reverse("partnerships"), "200 200 200 200 200 200 200 200 200 200 200"),
        "partnership": (lambda s: s.parties.vop.get_absolute_url(), "200 200 200 200 200 200 200 200 200 200 200"),
        "partnership members": (
            lambda s: reverse("team", kwargs={"kind": "partnerships", "pk": s.parties.vop.pk}),
            "404 404 404 404 200 200 404 200 403 404 302",
        ),
        "profiles": (lambda s: reverse("profiles"), "200 200 200 200 200 200 200 200 200 200 302"),
        "review": (lambda s: reverse("profiles-review"), "403 403 403 403 200 200 200 200 403 403 302"),
        "profile new": (lambda s: reverse("profile-new"), "200 200 403 200 200 403 200 200 403 302 302"),
        "profile": (lambda s: s.profile.get_absolute_url(), "200 200 200 404 200 200 404 200 200 404 302"),
        "step": (
            lambda s: reverse("profile-step", args=[s.profile.pk, "exchange"]),
            "200 200 403 404 200 403 404 200 403 404 302",
        ),
        "who and where": (
            lambda s: reverse("profile-step", args=[s.profile.pk, "texts"]),
            "200 200 403 404 200 403 404 200 403 404 302",
        ),
        "a step of former times": (
            lambda s: reverse("profile-step", args=[s.profile.pk, "review"]),
            "302 302 403 404 302 403 404 302 403 404 302",
        ),
        "no brochure": (
            lambda s: reverse("profile-brochure", args=[s.profile.pk]),
            "404 404 404 404 404 404 404 404 403 404 302",
        ),
    }


@pytest.mark.parametrize("name", pages())
def test_each_role_gets_its_answer(seen: Seen, name: str) -> None:
    address, expected = pages()[name]
    answers = {role: clients.client_for(seen.actors[role]).get(address(seen)).status_code for role in ROLES}
    assert answers == dict(zip(ROLES, map(int, expected.split()), strict=True))


def test_nobody_comes_back_after_signing_in(client: Client) -> None:
    assert client.get("/profiles/?state=draft").headers["Location"] == (
        "/account/login/?next=/profiles/%3Fstate%3Ddraft"
    )


def test_lists_show_what_is_ones_own(seen: Seen) -> None:
    shown = {
        role: seen.profile.get_absolute_url() in clients.client_for(actor).get("/profiles/").content.decode()
        for role, actor in seen.actors.items()
    }
    assert {role for role, is_there in shown.items() if is_there} == {
        "owner",
        "editor",
        "reader",
        "coordinator",
        "partnership reader",
        "SO",
        "observer",
    }
