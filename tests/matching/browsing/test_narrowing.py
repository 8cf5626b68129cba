"""Filters of the catalogue: what each leaves, alone and together."""

import pytest
from django.http import QueryDict

from cxc.access.scoped import Actor
from cxc.workflow import perform
from matching.browsing.catalogue import Browsing
from matching.services import choosing
from matching.services.proposing import propose
from profiles.models import ExchangeType, Sector, Topic
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.matching import casting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def ids(actor: Actor, query: str) -> list[int]:
    """The profiles of the page in their order."""
    browsing = Browsing(actor, QueryDict(query))
    assert browsing.is_valid, browsing.form.errors
    return [card.profile.pk for card in browsing.cards]


def test_several_values_are_alternatives_and_filters_add_up() -> None:
    c = usual_parties()
    spanish = casting.visiting(c)
    belgian = casting.hosting(c, languages=["de"])
    french, _owner = casting.another_host(c, "FR", languages=["en", "fr"])
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
        f"partnership={c.hop.pk}": {belgian, french},
        "generation=gen": {spanish, belgian, french},
        "kind=": {spanish, belgian, french},
        "kind=visiting": {spanish},
        "places=10": {belgian, french},
        "places=11": set(),
    }
    found = {query: set(ids(c.so, query)) for query in expected}
    assert found == {query: {profile.pk for profile in profiles} for query, profiles in expected.items()}


def test_places_are_those_free_today() -> None:
    c = usual_parties()
    visitor, host = casting.visiting(c), casting.hosting(c, places=2)
    assert ids(c.so, "places=2") == [host.pk]
    casting.confirmed_between(visitor, c.vo, host, c.ho)
    assert (ids(c.so, "places=2"), ids(c.so, "places=1")) == ([], [host.pk])


def test_each_side_sees_the_other_unless_it_asks_for_more() -> None:
    c = usual_parties()
    visitor, host = casting.visiting(c), casting.hosting(c)
    assert [ids(actor, "") for actor in (c.vo, c.ho)] == [[host.pk], [visitor.pk]]
    assert set(ids(c.vo, "kind=")) == set(ids(c.vop_coordinator, "")) == {visitor.pk, host.pk}
    assert ids(c.vop_coordinator, f"for={visitor.pk}") == [host.pk]


def test_orders() -> None:
    c = usual_parties()
    host = casting.hosting(c)
    first, _owner = casting.another_host(c, "FR")
    people_of = {"b": host, "a": first}
    for name, profile in people_of.items():
        profile.organisation.legal_name = name
        profile.organisation.save()
    newest_first = sorted([first.pk, host.pk], reverse=True)
    assert ids(c.so, "") == newest_first
    assert ids(c.so, "order=name") == [first.pk, host.pk]
    host.organisation.legal_name = "0"
    host.organisation.save()
    assert ids(c.so, "order=name") == [host.pk, first.pk]
    assert ids(c.so, "order=date") == newest_first


def test_by_fit_come_those_first_who_may_be_proposed() -> None:
    c = usual_parties()
    visitor = casting.visiting(c)
    poor, _one = casting.another_host(c, "FR")
    poor.own_sectors.set(Sector.objects.filter(pk="62"))
    perform(poor, "edit_published", by=c.so, version_read=poor.row_version, fields={"languages": ["fr"]})
    good, _two = casting.another_host(c)
    taken = casting.hosting(c, virtual=False)
    propose(visiting=visitor, host=taken, modality="physical", by=c.vo)
    browsing = Browsing(c.vo, QueryDict("order=fit"))
    assert [card.profile.pk for card in browsing.cards] == [good.pk, poor.pk, taken.pk]
    assert [card.fit is None for card in browsing.cards] == [False, False, True]
    assert [card.profile.is_proposed for card in browsing.cards] == [False, False, True]
    own = Browsing(c.vop_coordinator, QueryDict("order=fit"))
    assert list(own.form.errors) == ["order"]
    assert ids(c.vop_coordinator, f"order=fit&for={visitor.pk}") == [good.pk, poor.pk, taken.pk]


def test_hidden_ones_are_left_out_for_the_profile_that_hides_them_alone() -> None:
    c = usual_parties()
    visitor, host = casting.visiting(c), casting.hosting(c)
    choosing.hide(profile=visitor, other=host, by=c.vo)
    assert (ids(c.vo, ""), ids(c.vo, "hidden=on")) == ([], [host.pk])
    assert (ids(c.ho, ""), ids(c.vop_coordinator, "kind=host")) == ([visitor.pk], [host.pk])
    assert ids(c.vop_coordinator, f"for={visitor.pk}") == []


def test_bookmarked_only() -> None:
    c = usual_parties()
    casting.visiting(c)
    host = casting.hosting(c)
    casting.another_host(c)
    choosing.bookmark(profile=host, by=c.vo)
    assert (ids(c.vo, "bookmarked=on"), ids(c.ho, "bookmarked=on&kind=")) == ([host.pk], [])


def test_an_own_profile_only() -> None:
    """Nobody looks on behalf of somebody else's profile."""
    c = usual_parties()
    casting.visiting(c)
    host = casting.hosting(c)
    assert list(Browsing(c.vo, QueryDict(f"for={host.pk}")).form.errors) == ["for"]
    assert list(Browsing(people.observer(), QueryDict(f"for={host.pk}")).form.errors) == ["for"]
