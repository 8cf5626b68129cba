"""Who chooses a language reads it from then on, on the screen and in mails; what is kept by value stays as it is."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from cxc.comms.models import Mail
from cxc.workflow import perform
from cxc.workflow.models import StateEvent
from profiles.models import Country
from profiles.services.organisations import change_identity
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.html import source_of
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def _language_of(client: Client, **headers: str) -> str:
    answer: Any = client.get("/account/login/", headers=headers)
    return str(answer.headers["Content-Language"])


def test_nobody_signed_in_reads_what_the_browser_asks_for_until_they_choose(client: Client) -> None:
    assert _language_of(client) == "en-gb"
    assert _language_of(client, accept_language="fr-BE,en;q=0.5") == "fr"
    answer: Any = client.post("/language/", {"language": "fr", "next": "/partnerships/"})
    assert (answer.status_code, answer["Location"]) == (302, "/partnerships/")
    assert _language_of(client, accept_language="en") == "fr"
    page = source_of(client.get("/partnerships/"))
    assert '<html lang="fr"' in page
    assert "Partenariats" in page
    assert '<span lang="en-gb">English</span>' in page, "A language is named in its own words."


def test_without_scripts_the_languages_have_a_page_that_leads_back(client: Client) -> None:
    page = source_of(client.get("/language/?next=/partnerships/"))
    assert page.count('<button name="language"') == 2 * len(settings.LANGUAGES), "On the page, and in the dialog."
    assert '<input type="hidden" name="next" value="/partnerships/">' in page
    answer: Any = client.post("/language/", {"language": "fr", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_a_person_keeps_the_choice_and_it_goes_before_the_browsers(client: Client) -> None:
    person = people.person("Ann Other")
    client.force_login(person)
    client.post("/language/", {"language": "fr"})
    person.refresh_from_db()
    assert person.language == "fr"
    elsewhere = Client()
    elsewhere.force_login(person)
    assert _language_of(elsewhere, accept_language="en") == "fr"


def test_a_language_that_is_not_there_changes_nothing(client: Client) -> None:
    person = people.person("Ann Other")
    client.force_login(person)
    client.post("/language/", {"language": "xx"})
    person.refresh_from_db()
    assert person.language == ""
    assert _language_of(client) == "en-gb"


def test_each_reads_a_mail_in_their_own_language_and_the_history_stays_english() -> None:
    parties = usual_parties()
    holder = parties.vo.user
    assert holder is not None
    holder.language = "fr"
    holder.save(update_fields=["language"])
    profile = perform(lifecycle.draft(parties.visitor, parties.vop, parties.vo), "submit", by=parties.vo)
    with translation.override("fr"):
        perform(profile, "publish", by=parties.vop_coordinator)
    to_holder = Mail.objects.filter(to_user=holder).latest("pk")
    assert to_holder.subject.startswith("Votre profil est publié")
    assert to_holder.text.startswith(f"Bonjour {holder.full_name},")
    assert f"{parties.visitor} (Organisation visiteuse)" in to_holder.text
    to_coordinator = Mail.objects.filter(to_user=parties.vop_coordinator.user).latest("pk")
    assert to_coordinator.subject.startswith("A profile to review")
    assert StateEvent.of(profile).latest("pk").label == f"{parties.visitor} (Visiting organisation)"


def test_what_an_event_tells_of_a_change_stays_english_too() -> None:
    exchange = lifecycle.planned(parties := usual_parties())
    draft = lifecycle.draft(parties.visitor, parties.vop, parties.vo, kind="host")
    germany = Country.objects.get(pk="DE")
    plan = {"start": lifecycle.FIRST, "end": lifecycle.LAST, "type": exchange.type}
    with translation.override("fr"):
        assert (str(germany), str(exchange.type)) != (germany.name, exchange.type.name)
        perform(exchange, "edit_planned", by=parties.vop_coordinator, **plan)
        change_identity(parties.visitor, by=parties.vo, reason="We moved.", version_read=1, country=germany)
    assert StateEvent.of(exchange).latest("pk").details["type"] == exchange.type.name
    assert StateEvent.of(draft).latest("pk").details == {"changes": {"country": "Germany"}}
