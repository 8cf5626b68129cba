"""The page on which a transition is confirmed says what happens then."""

import pytest
from django.apps import apps
from django.urls import reverse

from cxc.access.scoped import Side
from cxc.workflow import StatefulModel, consequences, kind_of, transitions_of
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle


def _with_a_page() -> list[tuple[str, str]]:
    """Every transition that a person confirms on a page."""
    return [
        (model._meta.label_lower, name)
        for model in apps.get_models()
        if issubclass(model, StatefulModel)
        for name, declared in transitions_of(model).items()
        if declared.button and not declared.creates and {may.side for may in declared.sides} != {Side.PORTAL}
    ]


def test_every_transition_that_is_confirmed_on_a_page_says_what_happens_then() -> None:
    assert len(_with_a_page()) > 50
    assert [one for one in _with_a_page() if not consequences.is_described(*one)] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
def test_the_page_of_a_transition_shows_what_happens_then() -> None:
    parties = usual_parties()
    match = lifecycle.proposed(parties)
    page = (
        client_for(parties.ho).get(reverse("transition", args=[kind_of(match), match.pk, "host_yes"])).content.decode()
    )
    assert "the match is confirmed: each side sees the other" in page
