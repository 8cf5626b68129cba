"""The profile's form: saves itself, loses nothing, shows both texts where two people edit."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from cxc.workflow.models import StateEvent
from profiles.models import Profile
from profiles.services import profiles
from tests.factories import clients, people
from tests.factories.parties import Parties, usual_parties
from tests.files import PDF
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found, f"no {name} on the page"
    value = re.search(r'value="([^"]*)"', found.group())
    return value.group(1) if value else ""


class Tab:
    """A browser's tab with one step open: it knows the version it read."""

    def __init__(self, client: Client, profile: Profile, slug: str) -> None:
        self.client, self.profile, self.slug = client, profile, slug
        page = client.get(self.address()).content.decode()
        self.version, self.base = hidden(page, "version_read"), hidden(page, "base")

    def address(self, name: str = "profile-step") -> str:
        return reverse(name, args=[self.profile.pk, self.slug])

    def types(self, **values: object) -> tuple[int, str]:
        """What the page does by itself while one types; reads on from what it is told."""
        data = values | {"version_read": self.version, "base": self.base}
        response = self.client.post(self.address("profile-autosave"), data, headers={"Accept": "application/json"})
        told = response.json()
        if told["at"]:
            self.version, self.base = str(told["fields"]["version_read"]), told["fields"]["base"]
        return response.status_code, " ".join([f"saved at {told['at']}" if told["at"] else "", *told["parts"].values()])

    def saves(self, **values: object) -> tuple[int, str]:
        """The button."""
        data = {"version_read": self.version, "base": self.base} | values
        response = self.client.post(self.address(), data)
        return response.status_code, response.content.decode()


@pytest.fixture
def draft() -> tuple[Parties, Profile]:
    parties = usual_parties()
    return parties, lifecycle.draft(parties.visitor, parties.vop, parties.vo)


def reloaded(profile: Profile) -> Profile:
    return Profile.objects.get(pk=profile.pk)


def test_it_saves_while_one_types_and_tells_when(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    events = StateEvent.objects.count()
    tab = Tab(clients.client_for(parties.vo), profile, "texts")
    for text in ("L", "Le", "Learn"):
        status, page = tab.types(motivation=text, description="D")
        assert (status, "saved at 2026-09-07T09:00" in page) == (200, True)
    assert (reloaded(profile).motivation, reloaded(profile).row_version) == ("Learn", 4)
    assert StateEvent.objects.count() == events


def test_every_step_saves_with_scripts_off(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    client = clients.client_for(parties.vo)
    wanted: dict[str, dict[str, object]] = {
        "exchange": {
            "title": "Textiles",
            "types": ["networking"],
            "own_sectors": ["13"],
            "wanted_sectors": ["14", "15"],
            "offers": ["robotics"],
            "seeks": ["hydrogen"],
            "languages": ["en", "fr"],
            "wanted_countries": ["BE"],
            "physical": "on",
            "available_from": "2026-10-01",
            "available_to": "2026-12-01",
            "working_days": "5",
        },
        "texts": {
            "motivation": "M",
            "description": "D",
            "partnership": str(parties.hop.pk),
            "eligibility_declared": "on",
            "submit": "1",
        },
    }
    for slug, values in wanted.items():
        read = Tab(client, profile, slug)
        data = values | {"version_read": read.version, "base": read.base}
        response = client.post(reverse("profile-step", args=[profile.pk, slug]), data)
        assert response.status_code == 302, (slug, response.content.decode())
    said = reloaded(profile)
    assert (said.title, said.languages, said.virtual, said.available_from) == (
        "Textiles",
        ["en", "fr"],
        False,
        date(2026, 10, 1),
    )
    assert [sector.pk for sector in said.wanted_sectors.all()] == ["14", "15"]
    assert (said.partnership, said.partnership_why) == (parties.hop, "Chosen by the holder of the profile.")
    assert response.headers["Location"] == profile.get_absolute_url()
    assert reloaded(profile).state == "submitted"


def test_two_tabs_see_both_texts_and_neither_is_overwritten(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    first = Tab(clients.client_for(parties.vo), profile, "texts")
    second = Tab(clients.client_for(people.member(parties.visitor, "editor")), profile, "texts")
    first.types(motivation="From the first", description="D")
    status, page = second.types(motivation="From the second", description="D")
    assert (status, "From the first" in page, "From the second" in page) == (200, True, True)
    assert reloaded(profile).motivation == "From the first"
    status, page = second.saves(motivation="From the second", description="D")
    assert (status, "From the first" in page, "From the second" in page) == (409, True, True)
    assert reloaded(profile).motivation == "From the first"
    kept = re.search(r'name="overwrite" value="(\d+)"', page)
    assert kept is not None
    status, _page = second.saves(motivation="From the second", description="D", overwrite=kept.group(1))
    assert (status, reloaded(profile).motivation) == (302, "From the second")


def test_two_people_on_different_steps_do_not_disturb_each_other(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    first = Tab(clients.client_for(parties.vo), profile, "texts")
    second = Tab(clients.client_for(parties.vop_coordinator), profile, "exchange")
    first.types(motivation="Mine", description="D")
    _status, page = second.types(title="Theirs", types=["networking"])
    assert "saved at" in page
    assert (reloaded(profile).motivation, reloaded(profile).title) == ("Mine", "Theirs")


def test_the_same_text_twice_is_no_conflict(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    first, second = (Tab(clients.client_for(parties.vo), profile, "texts") for _ in range(2))
    first.types(motivation="Same", description="D")
    assert second.saves(motivation="Same", description="D")[0] == 302


@pytest.mark.parametrize(
    ("slug", "values", "kept"),
    [
        ("exchange", {"title": "T" * 151, "types": ["networking"]}, "T" * 151),
        ("exchange", {"title": "Mine", "types": ["no-such-type"]}, "Mine"),
        ("exchange", {"available_from": "2026-13-45", "physical": "on"}, "2026-13-45"),
        ("exchange", {"available_from": "2026-12-01", "available_to": "2026-10-01"}, "01/10/2026"),
        ("exchange", {"available_from": "0026-12-01"}, "0026-12-01"),
        ("exchange", {"working_days": "-4"}, "-4"),
        ("exchange", {"working_days": "99999999999"}, "99999999999"),
        ("exchange", {"own_sectors": ["zz"], "languages": ["en"]}, 'value="en"'),
        ("exchange", {"languages": ["xx"]}, "name"),
        ("exchange", {"wanted_countries": ["XX"]}, "name"),
        ("texts", {"partnership": "999999"}, "name"),
    ],
)
def test_bad_input_gives_the_form_again_with_what_was_typed(
    draft: tuple[Parties, Profile], slug: str, values: dict[str, object], kept: str
) -> None:
    parties, profile = draft
    tab = Tab(clients.client_for(parties.vo), profile, slug)
    status, page = tab.saves(**values)
    assert (status, kept in page, "invalid-feedback" in page or "alert-danger" in page) == (400, True, True)
    status, page = tab.types(**values)
    assert (status, 'class="late"' in page) == (200, True)


def test_a_bad_field_does_not_keep_the_good_ones_from_being_saved(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    tab = Tab(clients.client_for(parties.vo), profile, "exchange")
    status, page = tab.saves(title="Good", types=["no-such-type"])
    assert (status, reloaded(profile).title) == (400, "Good")
    assert hidden(page, "version_read") == str(reloaded(profile).row_version)


def test_a_version_that_is_no_number_loses_nothing(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    tab = Tab(clients.client_for(parties.vo), profile, "texts")
    status, page = tab.saves(motivation="Typed", description="D", version_read="x", base="x")
    assert (status, "Typed" in page) == (409, True)


def test_a_brochure_goes_up_down_and_away(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    client = clients.client_for(parties.vo)
    upload = SimpleUploadedFile("cv.pdf", PDF, "application/octet-stream")
    assert Tab(client, profile, "texts").saves(motivation="M", description="D", brochure_file=upload)[0] == 302
    response = client.get(reverse("profile-brochure", args=[profile.pk]))
    assert (response.getvalue(), response.headers["Content-Type"]) == (PDF, "application/pdf")
    assert clients.client_for(parties.ho).get(reverse("profile-brochure", args=[profile.pk])).status_code == 404
    assert Tab(client, profile, "texts").saves(motivation="M", description="D", remove_brochure="on")[0] == 302
    assert reloaded(profile).brochure is None


def test_a_script_that_sends_a_file_is_told_where_to_go_next(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    client = clients.client_for(parties.vo)
    tab = Tab(client, profile, "texts")
    said = {"motivation": "M", "description": "D", "version_read": tab.version, "base": tab.base, "stay": "1"}
    upload = SimpleUploadedFile("cv.pdf", PDF, "application/pdf")
    response = client.post(tab.address(), {**said, "brochure_file": upload}, headers={"X-Upload": "1"})
    assert (response.status_code, response.headers["X-Location"]) == (204, tab.address())
    assert "Saved." in client.get(tab.address()).content.decode()


@override_settings(UPLOAD_MAX_BYTES=1024)
def test_a_huge_file_is_refused_with_a_sentence_and_the_text_stays(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    upload = SimpleUploadedFile("cv.pdf", PDF + b"0" * 4096, "application/pdf")
    tab = Tab(clients.client_for(parties.vo), profile, "texts")
    status, page = tab.saves(motivation="Long work", description="D", brochure_file=upload)
    assert (status, "at most 1.0" in page, "Long work" in page) == (400, True, True)
    assert (reloaded(profile).motivation, reloaded(profile).brochure) == ("Long work", None)


def test_what_is_published_is_saved_by_the_button_and_noted(draft: tuple[Parties, Profile]) -> None:
    parties, _profile = draft
    profile = lifecycle.published(parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind="host")
    tab = Tab(clients.client_for(parties.ho), profile, "texts")
    assert "saved with the button" in tab.types(motivation="New", description="D")[1]
    assert reloaded(profile).motivation == "To learn."
    status, page = tab.saves(motivation="", description="Typed long")
    assert (status, "Fill in what is missing: the motivation." in page, "Typed long" in page) == (400, True, True)
    said = {"motivation": "New", "description": "D", "eligibility_declared": "on"}
    assert tab.saves(**said)[0] == 302
    event = StateEvent.of(profile).last()
    assert (event.transition, event.details) == ("edit_published", {"changed": ["description", "motivation"]})


def test_submitted_is_not_edited_until_it_is_taken_back(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    profiles.submit(profile, by=parties.vo)
    response = clients.client_for(parties.vo).get(reverse("profile-step", args=[profile.pk, "texts"]))
    assert (response.status_code, "bring it back to draft" in response.content.decode()) == (409, True)


def test_submitting_too_early_says_what_is_missing_and_where(draft: tuple[Parties, Profile]) -> None:
    parties, profile = draft
    profiles.save(profile, by=parties.vo, version_read=1, fields={"motivation": "", "eligibility_declared": False})
    client = clients.client_for(parties.vo)
    page = client.post(reverse("profile-submit", args=[profile.pk]), follow=True).content.decode()
    assert "Fill in what is missing: the motivation." in page
    texts = reverse("profile-step", args=[profile.pk, "texts"])
    assert (f"{texts}#div_id_motivation" in page, f"{texts}#div_id_eligibility_declared" in page) == (True, True)


def test_letting_the_portal_choose_says_why(draft: tuple[Parties, Profile]) -> None:
    parties, _profile = draft
    profile = lifecycle.draft(parties.host, None, parties.ho, "host")
    tab = Tab(clients.client_for(parties.ho), profile, "texts")
    assert tab.saves(partnership="", eligibility_declared="on", stay="1")[0] == 302
    said = reloaded(profile)
    assert (said.partnership, said.partnership_why) == (
        parties.hop,
        "Assigned by the portal: It works in Belgium; none works in your sector.",
    )
