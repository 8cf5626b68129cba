"""Who may browse what, and whose contacts one sees. Rule: docs/rules.md, Catalogue and contacts."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cxc.access.scoped import Actor, Side, may_see, sides_of
from cxc.workflow import perform
from matching.models import Match
from matching.queries.catalogue import (
    browsable,
    get_readable_profile,
    has_catalogue_access,
    listed_profiles,
    require_catalogue_access,
)
from matching.queries.contacts import contacts
from matching.services.proposals import propose
from profiles.enums import ProfileKind
from profiles.models import Profile
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.matching import factories
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def everybody(c: Parties) -> dict[str, Actor]:
    return {
        "VO owner": c.vo,
        "VO reader": people.member(c.visitor, "reader"),
        "HO owner": c.ho,
        "HO reader": people.member(c.host, "reader"),
        "VOP": c.vop_coordinator,
        "HOP": c.hop_coordinator,
        "Partnership reader": people.coordinator(c.vop, "reader"),
        "other Partnership": people.coordinator(people.partnership("DE")),
        "SO": c.so,
        "observer": people.observer(),
        "unpublished": people.member(people.organisation("DE")),
        "stranger": people.stranger(),
    }


def test_who_browses_what() -> None:
    c = usual_parties()
    visitor, host = factories.visiting(c), factories.hosting(c)
    draft = lifecycle.draft(c.host, c.hop, c.ho, ProfileKind.HOST)
    other = people.generation("other", date(2025, 1, 1), date(2028, 12, 31))
    elsewhere = lifecycle.published(
        people.organisation("DE"), people.partnership("DE", other), c.so, c.so, generation=other, kind="host"
    )
    seen = {who: set(browsable(actor)) for who, actor in everybody(c).items()}
    nothing: set[Profile] = set()
    everything, own_generation = {visitor, host, elsewhere}, {visitor, host}
    assert draft not in everything
    assert seen == {
        "VO owner": own_generation,
        "VO reader": own_generation,
        "HO owner": own_generation,
        "HO reader": own_generation,
        "VOP": everything,
        "HOP": everything,
        "Partnership reader": everything,
        "other Partnership": everything,
        "SO": everything,
        "observer": everything,
        "unpublished": nothing,
        "stranger": nothing,
    }


def test_the_door_of_the_catalogue() -> None:
    c = usual_parties()
    factories.visiting(c)
    actors = everybody(c)
    assert {who for who, actor in actors.items() if not has_catalogue_access(actor)} == {"HO owner", "HO reader"} | {
        "unpublished",
        "stranger",
    }
    with pytest.raises(PermissionDenied):
        require_catalogue_access(actors["unpublished"])
    with pytest.raises(Http404):
        require_catalogue_access(actors["stranger"])


def test_a_visitor_used_up_is_listed_only_when_it_visits_virtually_too() -> None:
    c = usual_parties()
    exchange = lifecycle.in_preparation(c)
    visitor = exchange.match.visiting_profile
    assert visitor in listed_profiles(c.so)
    perform(visitor, "edit_published", by=c.vo, version_read=visitor.row_version, fields={"virtual": False})
    assert visitor not in listed_profiles(c.so)
    perform(exchange, "cancel", by=c.vop_coordinator, reason="It is off.")
    assert visitor in listed_profiles(c.so)


def test_contacts_open_with_the_confirmed_match() -> None:
    c = usual_parties()
    match = propose(visiting=factories.visiting(c), host=factories.hosting(c), modality="physical", by=c.vo)

    def read_permissions() -> tuple[set[str], set[str]]:
        actors = everybody(c)
        return (
            {who for who, actor in actors.items() if contacts(actor, match.visiting_profile)},
            {who for who, actor in actors.items() if contacts(actor, match.host_profile)},
        )

    visitors_side, hosts_side = {"VO owner", "VO reader", "VOP", "Partnership reader"}, {"HO owner", "HO reader", "HOP"}
    assert read_permissions() == (visitors_side | {"SO"}, hosts_side | {"SO"})
    perform(match, "host_yes", by=c.ho)
    both = visitors_side | hosts_side | {"SO"}
    assert read_permissions() == (both, both)
    perform(match, "cancel", by=c.vo, reason="It is off.")
    assert read_permissions() == (visitors_side | {"SO"}, hosts_side | {"SO"})


def test_readers_are_not_among_the_contacts() -> None:
    c = usual_parties()
    people.member(c.visitor, "reader")
    editor = people.member(c.visitor, "editor")
    found = {membership.user for membership in contacts(c.so, factories.visiting(c))}
    assert found == {c.vo.user, editor.user}


def test_who_met_in_a_match_keeps_the_card_when_it_is_unpublished() -> None:
    c = usual_parties()
    match = lifecycle.confirmed(c)
    third, owner = factories.another_visitor(c)
    perform(match.host_profile, "unpublish", by=c.ho, reason="We move house.")
    assert get_readable_profile(c.vo, match.host_profile_id) == match.host_profile
    with pytest.raises(Http404):
        get_readable_profile(owner, match.host_profile_id)
    assert get_readable_profile(owner, third.pk) == third


def test_list_and_rule_of_matches_agree() -> None:
    c, other = usual_parties(), usual_parties()
    matches = [lifecycle.confirmed(c), lifecycle.proposed(other)]
    actors = [*everybody(c).values(), *everybody(other).values()]
    for act in Match.read_permissions:
        for actor in actors:
            by_rule = {match for match in matches if may_see(actor, match, act)}
            assert set(Match.objects.visible_to(actor, act)) == by_rule
    assert sides_of(c.vo, matches[0]) == {Side.VO}
