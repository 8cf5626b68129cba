"""The rows kept beside a published profile follow every change in its own transaction."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from cxc.workflow import perform, transitions_of
from matching.models import SearchDocument
from matching.search import index
from matching.search.text_query import parse_text_query
from matching.services.profile_indexes import INDEXED_TRANSITIONS, update_indexes
from profiles.enums import ProfileState
from profiles.models import Country, Profile, Topic
from profiles.services import organisations
from tests.factories.parties import usual_parties
from tests.matching import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def finds(typed: str) -> set[int]:
    query = parse_text_query(typed, Profile.objects.none()).query
    return set(SearchDocument.objects.filter(document__holds=query).values_list("pk", flat=True))


def test_every_edit_is_found_at_once() -> None:
    parties = usual_parties()
    host = factories.hosting(parties)
    assert finds("zeppelins") == set()
    links = {"offers": [Topic.objects.get(code="cluster_labelling")]}
    perform(
        host,
        "edit_published",
        by=parties.ho,
        version_read=host.row_version,
        fields={"title": "Zeppelin docks"},
        links=links,
    )
    assert (finds("zeppelins"), finds("labels")) == ({host.pk}, {host.pk})
    organisation = parties.host
    organisations.edit(organisation, by=parties.ho, version_read=1, city="Brugge", mission="We build airships.")
    assert (finds("brugge"), finds("airship")) == ({host.pk}, {host.pk})
    organisations.change_identity(
        organisation, by=parties.ho, reason="We moved.", version_read=2, country=country("FR")
    )
    assert (finds("France"), finds("Belgium")) == ({host.pk}, set())
    topic = links["offers"][0]
    topic.name = "Gold and bronze medals"
    topic.save()
    assert (finds("medal"), finds("labels")) == ({host.pk}, set())
    assert index.differing() == set()
    perform(host, "unpublish", by=parties.ho, reason="We move house.")
    assert (finds("zeppelins"), SearchDocument.objects.count()) == (set(), 0)


def country(code: str) -> Country:
    return Country.objects.get(pk=code)


def test_nothing_of_a_change_that_was_undone() -> None:
    parties = usual_parties()
    host = factories.hosting(parties)
    with transaction.atomic():
        perform(host, "edit_published", by=parties.ho, version_read=host.row_version, fields={"title": "Zeppelin"})
        assert finds("zeppelin") == {host.pk}
        transaction.set_rollback(True)
    assert finds("zeppelin") == set()


def test_every_transition_into_and_out_of_publication_is_followed() -> None:
    moving = {
        name
        for name, transition in transitions_of(Profile).items()
        if ProfileState.PUBLISHED in transition.source or ProfileState.PUBLISHED in transition.targets
    }
    # Nothing of the profile changes by an answer whether its holder is still interested but `LastInterest`.
    assert moving - {"confirm_interest"} <= set(INDEXED_TRANSITIONS)


def test_the_command_compares_and_puts_right() -> None:
    parties = usual_parties()
    host, visitor = factories.hosting(parties), factories.visiting(parties)
    said = StringIO()
    call_command("matching_rows", stdout=said)
    assert "search documents: as they should be" in said.getvalue()
    SearchDocument.objects.filter(pk=host.pk).update(names="nonsense")
    SearchDocument.objects.filter(pk=visitor.pk).delete()
    with pytest.raises(CommandError):
        call_command("matching_rows", stdout=said)
    first, second = sorted([host.pk, visitor.pk])
    assert f"search documents: differ for profiles {first}, {second}" in said.getvalue()
    call_command("matching_rows", "--rebuild", stdout=said)
    assert index.differing() == set()
    update_indexes([])
