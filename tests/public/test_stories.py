"""Success stories: written in the admin, public once they are approved."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from cxc import clock
from public.models import SuccessStory
from tests.factories import people
from tests.factories.clients import client_for
from tests.html import source_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

FORM = {"title": "A loom for Lisboa", "text": "They met in May.\n\nNow they weave together.", "country": "PT"}


def write(**more: str) -> SuccessStory:
    support_office = people.support_office()
    answer = client_for(support_office).post("/support-office/public/successstory/add/", FORM | more)
    assert answer.status_code == 302
    return SuccessStory.objects.get()


@pytest.mark.parametrize("address", ["/", "/stories/"])
def test_a_story_is_read_once_it_is_approved(client: Client, address: str) -> None:
    story = write()
    assert FORM["title"] not in source_of(client.get(address))
    change = f"/support-office/public/successstory/{story.pk}/change/"
    client_for(people.support_office()).post(change, FORM | {"is_approved": "on"})
    assert FORM["title"] in source_of(client.get(address))


def test_who_approved_it_is_kept_and_goes_when_it_is_taken_back() -> None:
    story = write(is_approved="on")
    assert story.approved_by is not None
    assert story.approved_at == clock.now()
    client_for(people.support_office()).post(f"/support-office/public/successstory/{story.pk}/change/", FORM)
    story.refresh_from_db()
    assert (story.approved_by, story.approved_at) == (None, None)


def test_the_database_holds_that_somebody_approved() -> None:
    story = write()
    with pytest.raises(IntegrityError, match="story_says_when_it_was_approved"), transaction.atomic():
        SuccessStory.objects.filter(pk=story.pk).update(is_approved=True)


@pytest.mark.parametrize("change", [{"title": "A loom"}, {"text": "Other"}, {"country": "ES"}])
def test_a_story_that_changes_needs_a_new_approval(client: Client, change: dict[str, str]) -> None:
    story = write(is_approved="on")
    address = f"/support-office/public/successstory/{story.pk}/change/"
    changed = FORM | change | {"is_approved": "on"}
    answer = client_for(people.support_office()).post(address, changed, follow=True)
    assert "not public until it is approved again" in source_of(answer)
    assert changed["title"] not in source_of(client.get("/stories/"))
    client_for(people.support_office()).post(address, changed)
    assert changed["title"] in source_of(client.get("/stories/"))


def test_a_story_that_is_saved_as_it_was_stays_approved(client: Client) -> None:
    story = write(is_approved="on")
    client_for(people.support_office()).post(
        f"/support-office/public/successstory/{story.pk}/change/", FORM | {"is_approved": "on"}
    )
    assert FORM["title"] in source_of(client.get("/stories/"))


def test_the_database_holds_that_new_words_are_approved_anew() -> None:
    story = write(is_approved="on")
    with pytest.raises(DatabaseError, match="needs a new approval"), transaction.atomic():
        SuccessStory.objects.filter(pk=story.pk).update(text="Other")
