"""Filters of the catalogue: what each leaves, alone and together."""

import pytest
from django.http import QueryDict

from cxc.access.scoped import Actor
from cxc.workflow import perform
from matching.catalogue.search import CatalogueSearch
from matching.services import bookmarks, hidden_profiles
from matching.services.proposals import propose
from profiles.models import ExchangeType, Sector, Topic
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.matching import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def ids(actor: Actor, query: str) -> list[int]:
    """The profiles of the page in their order."""
    catalogue_search = CatalogueSearch(actor, QueryDict(query))
    assert catalogue_search.is_valid, catalogue_search.form.errors
    return [card.profile.pk for card in catalogue_search.cards]


def test_several_values_are_alternatives_and_filters_add_up() -> None:
    parties = usual_parties()
    spanish = factories.visiting(parties)
    belgian = factories.hosting(parties, languages=["de"])
    french, _owner = factories.another_host(parties, "FR", languages=["en", "fr"])
    types = list(ExchangeType.objects.all())
    french.own_sectors.set(Sector.objects.filter(pk__in=["13", "14"]))
    french.types.set(types[3:])
    french.offers.set(Topic.objects.filter(pk="cluster_labelling"))
    belgian.seeks.set(Topic.objects.filter(pk="cluster_labelling"))
    expected = {
        "country=BE&country=FR": {belgian, french},
        "country=FR&sector=13&sector=14": {french},
        "sector=14": {french},
        "sector=15": set(),
        "sector=15&neighbours=on": {spanish, belgian, french},
        f"type={types[3].pk}&type={types[4].pk}": {french},
        "language=de&language=fr": {belgian, french},
        "offers=cluster_labelling": {french},
        "seeks=cluster_labelling": {belgian},
        "organisation_kind=sme&organisation_kind=cluster": {spanish, belgian, french},
        "organisation_kind=cluster": set(),
        f"partnership={parties.hop.pk}": {belgian, french},
        "generation=gen": {spanish, belgian, french},
        "kind=": {spanish, belgian, french},
        "kind=visiting": {spanish},
        "places=10": {belgian, french},
        "places=11": set(),
    }
    found = {query: set(ids(parties.so, query)) for query in expected}
    assert found == {query: {profile.pk for profile in profiles} for query, profiles in expected.items()}


def test_places_are_those_free_today() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties, places=2)
    assert ids(parties.so, "places=2") == [host.pk]
    factories.confirmed_between(visitor, parties.vo, host, parties.ho)
    assert (ids(parties.so, "places=2"), ids(parties.so, "places=1")) == ([], [host.pk])


def test_each_side_sees_the_other_unless_it_asks_for_more() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    assert [ids(actor, "") for actor in (parties.vo, parties.ho)] == [[host.pk], [visitor.pk]]
    assert set(ids(parties.vo, "kind=")) == set(ids(parties.vop_coordinator, "")) == {visitor.pk, host.pk}
    assert ids(parties.vop_coordinator, f"for={visitor.pk}") == [host.pk]


def test_orders() -> None:
    parties = usual_parties()
    host = factories.hosting(parties)
    first, _owner = factories.another_host(parties, "FR")
    people_of = {"b": host, "a": first}
    for name, profile in people_of.items():
        profile.organisation.legal_name = name
        profile.organisation.save()
    newest_first = sorted([first.pk, host.pk], reverse=True)
    assert ids(parties.so, "") == newest_first
    assert ids(parties.so, "order=name") == [first.pk, host.pk]
    host.organisation.legal_name = "0"
    host.organisation.save()
    assert ids(parties.so, "order=name") == [host.pk, first.pk]
    assert ids(parties.so, "order=date") == newest_first


def test_by_fit_come_those_first_who_may_be_proposed() -> None:
    parties = usual_parties()
    visitor = factories.visiting(parties)
    poor, _one = factories.another_host(parties, "FR")
    poor.own_sectors.set(Sector.objects.filter(pk="62"))
    perform(poor, "edit_published", by=parties.so, version_read=poor.row_version, fields={"languages": ["fr"]})
    good, _two = factories.another_host(parties)
    taken = factories.hosting(parties, virtual=False)
    propose(visiting=visitor, host=taken, modality="physical", by=parties.vo)
    catalogue_search = CatalogueSearch(parties.vo, QueryDict("order=fit"))
    assert [card.profile.pk for card in catalogue_search.cards] == [good.pk, poor.pk, taken.pk]
    assert [card.fit is None for card in catalogue_search.cards] == [False, False, True]
    assert [card.profile.is_proposed for card in catalogue_search.cards] == [False, False, True]
    own = CatalogueSearch(parties.vop_coordinator, QueryDict("order=fit"))
    assert list(own.form.errors) == ["order"]
    assert ids(parties.vop_coordinator, f"order=fit&for={visitor.pk}") == [good.pk, poor.pk, taken.pk]


def test_hidden_ones_are_left_out_for_the_profile_that_hides_them_alone() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    hidden_profiles.hide(profile=visitor, other=host, by=parties.vo)
    assert (ids(parties.vo, ""), ids(parties.vo, "hidden=on")) == ([], [host.pk])
    assert (ids(parties.ho, ""), ids(parties.vop_coordinator, "kind=host")) == ([visitor.pk], [host.pk])
    assert ids(parties.vop_coordinator, f"for={visitor.pk}") == []


def test_bookmarked_only() -> None:
    parties = usual_parties()
    factories.visiting(parties)
    host = factories.hosting(parties)
    factories.another_host(parties)
    bookmarks.bookmark(profile=host, by=parties.vo)
    assert (ids(parties.vo, "bookmarked=on"), ids(parties.ho, "bookmarked=on&kind=")) == ([host.pk], [])


def test_an_own_profile_only() -> None:
    """Nobody looks on behalf of somebody else's profile."""
    parties = usual_parties()
    factories.visiting(parties)
    host = factories.hosting(parties)
    assert list(CatalogueSearch(parties.vo, QueryDict(f"for={host.pk}")).form.errors) == ["for"]
    assert list(CatalogueSearch(people.observer(), QueryDict(f"for={host.pk}")).form.errors) == ["for"]
