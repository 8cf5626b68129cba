"""From a first page on which nothing waits, from a thing's own page and from a mail one goes on by a link."""

import html
import re

import pytest
from django.urls import reverse

from cxc.comms.models import Mail
from cxc.workflow import perform
from matching.models import Match
from profiles.models import Profile
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]
SEE = "See your best matches and propose one"


@pytest.fixture
def published() -> tuple[Parties, Profile]:
    parties = usual_parties()
    return parties, lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)


def test_after_publication_the_first_page_leads_to_the_best_matches(published: tuple[Parties, Profile]) -> None:
    parties, profile = published
    page = client_for(parties.vo).get(reverse("todo")).content.decode()
    address = reverse("best-matches", args=[profile.pk])
    assert f'<a class="btn btn-primary" href="{address}">{SEE}</a>' in page
    assert f'<a class="btn btn-primary" href="{address}">{SEE}</a>' in builders.page(parties.vo, "profile", profile.pk)


def test_a_reader_is_led_to_nothing_that_only_others_may_do(published: tuple[Parties, Profile]) -> None:
    parties, _profile = published
    assert SEE not in client_for(people.member(parties.visitor, "reader")).get(reverse("todo")).content.decode()


def test_a_match_that_ended_leads_to_the_others(published: tuple[Parties, Profile]) -> None:
    parties, _profile = published
    match = perform(lifecycle.proposed(parties), "host_no", by=parties.ho, reason="No time.")
    address = reverse("best-matches", args=[match.visiting_profile_id])
    assert address in client_for(parties.vo).get(match.get_absolute_url()).content.decode()


def test_a_closed_exchange_stays_on_the_first_page() -> None:
    parties = usual_parties()
    exchange = completion.closed(parties)
    for actor in (parties.vo, parties.ho, parties.vop_coordinator):
        page = source_of(client_for(actor).get(reverse("todo")))
        assert f'<h3><a href="{exchange.get_absolute_url()}">' in page


def test_from_the_mail_about_the_publication_to_a_proposal_by_links_alone(
    published: tuple[Parties, Profile],
) -> None:
    parties, profile = published
    host = lifecycle.published(parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind="host")
    client = client_for(parties.vo)
    told = Mail.objects.filter(
        subject__startswith="Your profile is published", to_user=people.user_of(parties.vo)
    ).get()
    best = client.get(_only(re.findall(r"https?://[^/\s]+(/best-matches/\d+/)", told.text)))
    propose = _only(re.findall(r'href="(/catalogue/\d+/propose/[^"]*modality=physical[^"]*)"', best.content.decode()))
    form = client.get(html.unescape(propose)).context["form"]
    typed = {"mine": form["mine"].value(), "modality": form["modality"].value(), "message": "Shall we meet?"}
    answer = client.post(html.unescape(propose), typed)
    match = Match.objects.get()
    assert (match.visiting_profile, match.host_profile, match.state) == (profile, host, "proposed")
    assert answer.headers["Location"] == match.get_absolute_url()


def _only(found: list[str]) -> str:
    assert len(set(found)) == 1, found
    return found[0]
