"""Who reads the CV or brochure of a profile, by either address: never the observer."""

import pytest
from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.core.models import StoredFile
from matching.models import Match
from profiles.models import Profile
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.files import PDF
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def with_a_file(match: Match) -> Profile:
    """The match's visiting profile, with a CV."""
    stored = StoredFile.store(PDF, name="cv.pdf", content_type="application/pdf")
    Profile.objects.filter(pk=match.visiting_profile_id).update(brochure=stored)
    return Profile.objects.get(pk=match.visiting_profile_id)


def statuses(profile: Profile, actors: dict[str, Actor]) -> dict[str, tuple[int, int]]:
    """By the profile's address and by the catalogue's."""
    found = {}
    for who, actor in actors.items():
        answers = [client_for(actor).get(reverse(name, args=[profile.pk])) for name in NAMES]
        found[who] = (answers[0].status_code, answers[1].status_code)
        for answer in answers:
            assert not answer.streaming or answer.getvalue() == PDF
    return found


NAMES = ("profile-brochure", "catalogue-file")


def everybody(parties: Parties) -> dict[str, Actor]:
    return {
        "holder": parties.vo,
        "Partnership": parties.vop_coordinator,
        "SO": parties.so,
        "host": parties.ho,
        "host's Partnership": parties.hop_coordinator,
        "observer": people.observer(),
        "other": people.member(people.organisation("DE")),
    }


def test_a_cv_is_read_by_its_own_side_alone_before_a_match() -> None:
    parties = usual_parties()
    profile = with_a_file(lifecycle.proposed(parties))
    own = dict.fromkeys(("holder", "Partnership", "SO"), (200, 200))
    others = dict.fromkeys(("host", "host's Partnership", "other"), (404, 404))
    assert statuses(profile, everybody(parties)) == own | others | {"observer": (403, 404)}


def test_a_cv_is_read_by_the_other_side_once_matched_and_never_by_the_observer() -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    profile = with_a_file(match)
    own = dict.fromkeys(("holder", "Partnership", "SO"), (200, 200))
    others = dict.fromkeys(("host", "host's Partnership"), (404, 200))
    assert statuses(profile, everybody(parties)) == own | others | {"observer": (403, 404), "other": (404, 404)}
    address = reverse("catalogue-file", args=[profile.pk])
    pages = {who: client_for(actor).get(match.get_absolute_url()) for who, actor in everybody(parties).items()}
    linked = {who for who, page in pages.items() if address in page.content.decode()}
    assert linked == {"holder", "Partnership", "SO", "host", "host's Partnership"}


def test_no_page_of_the_observer_links_to_a_cv() -> None:
    profile = with_a_file(lifecycle.confirmed(usual_parties()))
    pages = [profile.get_absolute_url(), reverse("catalogue-profile", args=[profile.pk]), reverse("profiles")]
    client = client_for(people.observer())
    texts = [client.get(page).content.decode() for page in pages]
    assert [reverse(name, args=[profile.pk]) in text for text in texts for name in NAMES] == [False] * 6
