"""From a first page on which nothing waits, from a thing's own page and from a mail one goes on by a link."""

import html
import re

import pytest
from django.urls import reverse

from cxc.ground.models import Mail
from cxc.workflow import perform
from matching.models import Match
from profiles.models import Profile
from tests.exchanges.views import builders as b
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
SEE = "See your best matches and propose one"


@pytest.fixture
def published() -> tuple[Parties, Profile]:
    c = usual_parties()
    return c, lifecycle.published(c.visitor, c.vop, c.vo, c.vop_coordinator)


def test_after_publication_the_first_page_leads_to_the_best_matches(published: tuple[Parties, Profile]) -> None:
    c, profile = published
    page = client_for(c.vo).get(reverse("todo")).content.decode()
    address = reverse("best-matches", args=[profile.pk])
    assert f'<a class="btn btn-primary" href="{address}">{SEE}</a>' in page
    assert f'<a class="btn btn-primary" href="{address}">{SEE}</a>' in b.page(c.vo, "profile", profile.pk)


def test_a_reader_is_led_to_nothing_that_only_others_may_do(published: tuple[Parties, Profile]) -> None:
    c, _profile = published
    assert SEE not in client_for(people.member(c.visitor, "reader")).get(reverse("todo")).content.decode()


def test_a_match_that_ended_leads_to_the_others(published: tuple[Parties, Profile]) -> None:
    c, _profile = published
    match = perform(lifecycle.proposed(c), "host_no", by=c.ho, reason="No time.")
    address = reverse("best-matches", args=[match.visiting_profile_id])
    assert address in client_for(c.vo).get(match.get_absolute_url()).content.decode()


def test_a_closed_exchange_stays_on_the_first_page() -> None:
    c = usual_parties()
    exchange = completion.closed(c)
    for actor in (c.vo, c.ho, c.vop_coordinator):
        page = client_for(actor).get(reverse("todo")).content.decode()
        assert f'<h3><a href="{exchange.get_absolute_url()}">' in page


def test_from_the_mail_about_the_publication_to_a_proposal_by_links_alone(
    published: tuple[Parties, Profile],
) -> None:
    c, profile = published
    host = lifecycle.published(c.host, c.hop, c.ho, c.hop_coordinator, kind="host")
    client = client_for(c.vo)
    told = Mail.objects.filter(subject__startswith="Your profile is published", to_user=people.user_of(c.vo)).get()
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
