"""Organisations: registered once, edited by their own, changed in kind with a reason."""

import pytest
from django.db import IntegrityError, transaction

from cxc.workflow import NotAllowed, ReasonMissing, Refused, RequirementsUnmet, Stale
from cxc.workflow.models import StateEvent
from profiles.enums import ProfileKind
from profiles.models import Organisation
from profiles.services import organisations
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def fields(**others: object) -> dict[str, object]:
    return {
        "legal_name": "Textile Network of the North",
        "kind": "sme",
        "country": people.organisation("ES").country,
        "city": "City",
        "website": "https://www.north.example/",
        "registration_number": "N-1",
    } | others


def test_who_registers_becomes_the_owner() -> None:
    by = people.stranger()
    made = organisations.register(by=by, **fields())
    assert [(membership.user, membership.role) for membership in made.memberships.all()] == [(by.user, "owner")]


def test_the_observer_registers_nothing() -> None:
    with pytest.raises(NotAllowed):
        organisations.register(by=people.observer(), **fields())


@pytest.mark.parametrize(
    "other",
    [
        {"legal_name": "Textile network of the NORTH Ltd", "website": "", "registration_number": ""},
        {"legal_name": "Something else", "website": "http://north.example/en", "registration_number": ""},
        {"legal_name": "Something else", "website": "", "registration_number": "n-1"},
    ],
)
def test_a_similar_one_in_the_same_country_is_told_and_can_be_meant(other: dict[str, str]) -> None:
    first = organisations.register(by=people.stranger(), **fields())
    with pytest.raises(organisations.SimilarOrganisations) as refusal:
        organisations.register(by=people.stranger(), **fields(**other))
    assert refusal.value.found == [first]
    second = organisations.register(by=people.stranger(), register_anyway=True, **fields(**other))
    assert second.pk != first.pk


def test_the_same_name_in_another_country_is_no_duplicate() -> None:
    organisations.register(by=people.stranger(), **fields())
    elsewhere = people.organisation("BE").country
    assert organisations.register(by=people.stranger(), **fields(country=elsewhere)).pk


def test_editors_edit_and_readers_do_not() -> None:
    of = people.organisation()
    organisations.edit(of, by=people.member(of, "editor"), version_read=1, mission="Learning")
    of.refresh_from_db()
    assert (of.mission, of.row_version) == ("Learning", 2)
    with pytest.raises(NotAllowed):
        organisations.edit(of, by=people.member(of, "reader"), version_read=2, mission="Reading")
    with pytest.raises(NotAllowed):
        organisations.edit(of, by=people.member(people.organisation()), version_read=2, mission="Other")


def test_a_second_tab_is_told_and_overwrites_nothing() -> None:
    of = people.organisation()
    owner = people.member(of)
    organisations.edit(of, by=owner, version_read=1, mission="First")
    with pytest.raises(Stale) as refusal:
        organisations.edit(of, by=owner, version_read=1, mission="Second")
    assert refusal.value.current.mission == "First"


def test_kind_does_not_change_by_an_edit() -> None:
    of = people.organisation()
    with pytest.raises(TypeError):
        organisations.edit(of, by=people.member(of), version_read=1, kind="cluster")


def test_another_cluster_is_an_event_of_every_live_profile() -> None:
    parties = usual_parties()
    profile = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    new = people.cluster("ES")
    organisations.change_identity(parties.visitor, by=parties.vo, reason="We joined it.", version_read=1, cluster=new)
    event = StateEvent.of(profile).last()
    assert (event.transition, event.reason, event.details) == (
        "change_identity",
        "We joined it.",
        {"changes": {"cluster": str(new)}},
    )
    profile.refresh_from_db()
    assert profile.eligibility_confirmed_at is None


def test_its_partnership_may_change_it_and_another_may_not() -> None:
    parties = usual_parties()
    lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    organisations.change_identity(
        parties.visitor, by=parties.vop_coordinator, reason="They asked.", version_read=1, kind="support"
    )
    with pytest.raises(NotAllowed):
        organisations.change_identity(
            parties.visitor, by=parties.hop_coordinator, reason="No.", version_read=2, kind="sme"
        )


def test_what_a_published_profile_requires_stays_required() -> None:
    parties = usual_parties()
    profile = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    events = StateEvent.objects.count()
    with pytest.raises(RequirementsUnmet) as refusal:
        organisations.change_identity(
            parties.visitor, by=parties.vo, reason="We left it.", version_read=1, cluster=None
        )
    assert [gap.name for gap in refusal.value.unmet] == ["eligible_when_shown"]
    assert Organisation.objects.get(pk=parties.visitor.pk).cluster_id == parties.visitor.cluster_id
    assert StateEvent.objects.count() == events
    assert profile.state == "published"


def test_a_draft_may_become_anything() -> None:
    parties = usual_parties()
    lifecycle.draft(parties.host, parties.hop, parties.ho, ProfileKind.HOST)
    changed = organisations.change_identity(
        parties.host, by=parties.ho, reason="We left it.", version_read=1, cluster=None
    )
    assert changed.cluster is None


def test_an_exchange_under_way_holds_the_identity() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    with pytest.raises(RequirementsUnmet) as refusal:
        organisations.change_identity(parties.visitor, by=parties.vo, reason="R", version_read=1, kind="support")
    assert "no_running_exchange" in [gap.name for gap in refusal.value.unmet]


def test_a_reason_is_compulsory_even_without_a_profile() -> None:
    of = people.organisation()
    with pytest.raises(ReasonMissing):
        organisations.change_identity(of, by=people.member(of), reason=" ", version_read=1, kind="support")


def test_a_cluster_organisation_has_its_entry_in_its_own_country() -> None:
    with pytest.raises(Refused):
        organisations.register(by=people.stranger(), **fields(kind="cluster", cluster=people.cluster("BE")))


def test_the_very_same_organisation_is_registered_once_even_when_meant() -> None:
    organisations.register(by=people.stranger(), **fields())
    again = fields(legal_name="TEXTILE network of the north", registration_number="n-1")
    with pytest.raises(Refused, match="is registered already with the same number"):
        organisations.register(by=people.stranger(), register_anyway=True, **again)
    other = organisations.register(by=people.stranger(), register_anyway=True, **fields(city="Elsewhere"))
    with pytest.raises(Refused, match="is registered already with the same number"):
        organisations.edit(other, by=people.support_office(), version_read=other.row_version, city="CITY")


def test_the_database_holds_one_organisation_a_name_place_and_number() -> None:
    first = people.organisation("ES", legal_name="Österreich Öl")
    with pytest.raises(IntegrityError, match="one_organisation_a_name"), transaction.atomic():
        people.organisation("ES", legal_name="ÖSTERREICH öl", registration_number=first.registration_number.lower())
