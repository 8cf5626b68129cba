"""Every requirement says how it is put right; the links lead to a page and a place on it that exist."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client, RequestFactory

from cxc.access.role_labels import words_for
from cxc.access.scoped import Actor, Side
from cxc.web.middleware.refusals import RefusalMiddleware
from cxc.workflow import (
    StatefulModel,
    available_transitions,
    create,
    kind_of,
    perform,
    registry,
    transitions_of,
)
from cxc.workflow.fix import NO_HELP, Help
from cxc.workflow.refusals import RequirementsUnmet
from cxc.workflow.requirements import Requirement
from matching.models import Match
from profiles.models import Profile
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.html import source_of
from tests.scenarios import lifecycle, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ID = re.compile(r'\bid="([^"]+)"')


def models() -> Iterator[type[StatefulModel]]:
    return (model for model in apps.get_models() if issubclass(model, StatefulModel))


def requirements_of(model: type[StatefulModel]) -> set[Requirement]:
    """All that any transition of this model requires: of everybody, of one side, from above, afterwards."""
    found: set[Requirement] = set()
    for transition in transitions_of(model).values():
        asked = [*registry.requirements_of(kind_of(model), transition), *transition.invariants]
        asked += [need for may in transition.sides for need in may.requires]
        found |= set(asked)
    return found


@pytest.mark.parametrize("model", list(models()), ids=kind_of)
def test_every_requirement_says_how_it_is_put_right_or_that_its_sentence_says_all(model: type[StatefulModel]) -> None:
    """In the second sentence that it declares, and by its fix where it has one."""
    assert {need.name for need in requirements_of(model) if not need.otherwise} == set()


@pytest.mark.parametrize("model", list(models()), ids=kind_of)
def test_a_button_is_hidden_by_what_its_transition_requires(model: type[StatefulModel]) -> None:
    for transition in transitions_of(model).values():
        required = [*transition.requires, *(need for may in transition.sides for need in may.requires)]
        assert [need.name for need in transition.hides_when if need not in required] == []


# --- the links -----------------------------------------------------------------------------------------


def helps(thing: StatefulModel, actor: Actor) -> dict[str, Help]:
    """What stands beside each missing piece of all that the actor could do with the thing."""
    return {
        f"{offer.transition.name}: {missing.name}": missing.help
        for offer in available_transitions(thing, actor)
        for missing in offer.unmet
    }


def problem_with(client: Client, url: str) -> str:
    """Why a link does not lead to its place; '' when it does."""
    path, _hash, anchor = url.partition("#")
    answer: Any = client.get(path)
    if answer.status_code != 200:
        return f"{url}: {answer.status_code}"
    return "" if not anchor or anchor in ID.findall(answer.content.decode()) else f"{url}: no such place"


def actors_of(parties: Parties) -> list[Actor]:
    return [parties.vo, parties.ho, parties.vop_coordinator, parties.hop_coordinator, parties.so]


def problems(parties: Parties, thing: StatefulModel) -> list[str]:
    """Every link that leads nowhere, whoever of the usual parties follows it."""
    found = []
    for actor in actors_of(parties):
        client = client_for(actor)
        urls = {one.url for one in helps(thing, actor).values() if one.url}
        found += [problem for url in sorted(urls) if (problem := problem_with(client, url))]
    return found


CASES = [(kind, state) for kind, builders in states.BUILDERS.items() for state in builders]


@pytest.mark.parametrize(("kind", "state"), CASES)
def test_each_link_beside_a_missing_piece_leads_to_its_place(kind: str, state: str) -> None:
    parties = usual_parties()
    assert problems(parties, states.BUILDERS[kind][state](parties)) == []


def test_an_empty_draft_leads_to_each_of_its_fields() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(
        parties.visitor, parties.vop, parties.vo, motivation="", eligibility_declared=False, virtual=True
    )
    found = helps(profile, parties.vo)
    steps = f"/profiles/{profile.pk}/edit"
    assert found["submit: complete"] == Help(url=f"{steps}/texts/#id_motivation")
    assert found["submit: declared"] == Help(url=f"{steps}/texts/#id_eligibility_declared")
    assert problems(parties, profile) == []


def test_whoever_can_not_put_it_right_is_told_who_can() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    assert helps(exchange, parties.vop_coordinator)["set_ready: sector_given"].url.endswith("/agreed/#id_sector")
    fa = helps(exchange, parties.so)["set_ready: fa_signed"]
    assert fa == Help(who="Done by the visitor or the visitor's Partnership.")
    lifecycle.submitted_own_part(parties, exchange)
    shared = helps(states.own_part(exchange), parties.so)["validate: shared_validated"]
    assert shared == Help(who="Done by the visitor's Partnership or the host.")


def test_a_reader_is_sent_to_colleagues_not_to_a_form() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo, motivation="")
    (missing,) = [gap for gap in _gaps(profile, parties.vo, "submit") if gap.name == "complete"]
    reader = people.member(parties.visitor, "reader")
    assert missing.context is not None
    read = replace(missing, context=replace(missing.context, actor=reader))
    assert read.help == Help(who="Done by your colleagues or your Partnership.")


def _gaps(thing: StatefulModel, actor: Actor, transition: str) -> list[Any]:
    return next(offer.unmet for offer in available_transitions(thing, actor) if offer.transition.name == transition)


def test_full_places_lead_the_host_to_its_places() -> None:
    parties = usual_parties()
    match = lifecycle.proposed(parties)
    host = match.host_profile
    for _ in range(host.places):
        other = with_another_visitor(parties)
        visiting = lifecycle.published(other.visitor, parties.vop, other.vo, parties.vop_coordinator)
        made = Match(visiting_profile=visiting, host_profile=host, modality="physical")
        create(made, "propose", by=other.vo)
        perform(made, "host_yes", by=parties.ho)
    places = f"/profiles/{host.pk}/edit/exchange/#id_places"
    assert helps(match, parties.ho)["host_yes: place_free"] == Help(url=places)
    assert problem_with(client_for(parties.ho), places) == ""
    with pytest.raises(RequirementsUnmet) as refused:
        perform(match, "host_yes", by=parties.ho)
    assert [missing.help for missing in refused.value.unmet] == [Help(url=places)]


def test_where_only_time_helps_there_is_nothing_but_the_sentence() -> None:
    parties = usual_parties()
    profile = states.submitted_profile(parties)
    own = replace(parties.vop_coordinator, organisations=frozenset({parties.visitor.pk}))
    assert helps(profile, own)["publish: not_own_organisation"] == NO_HELP


# --- the pages -------------------------------------------------------------------------------------------


def test_a_refused_transition_shows_what_is_missing_with_the_link() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo, motivation="")
    answer = client_for(parties.vo).post(f"/transitions/profiles.profile/{profile.pk}/submit/")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "This was not done: something is still missing." in page
    assert f'href="/profiles/{profile.pk}/edit/texts/#id_motivation"' in page
    assert Profile.objects.get(pk=profile.pk).state == "draft"


def test_a_refusal_that_no_page_caught_explains_itself_too(rf: RequestFactory) -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo, motivation="")
    request = rf.get("/")
    request.user, request.actor = people.user_of(parties.vo), parties.vo  # type: ignore[attr-defined]
    with pytest.raises(RequirementsUnmet) as refused:
        perform(profile, "submit", by=parties.vo)
    answer = RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, refused.value)
    assert answer is not None
    assert answer.status_code == 409
    assert f'href="/profiles/{profile.pk}/edit/texts/#id_motivation"' in answer.content.decode()


def test_who_may_not_is_told_who_may() -> None:
    parties = usual_parties()
    profile = states.submitted_profile(parties)
    answer = client_for(parties.vo).get(f"/transitions/profiles.profile/{profile.pk}/publish/")
    assert answer.status_code == 403
    assert "It is done by: Partnership, Support Office." in answer.content.decode()


def test_the_reason_of_the_step_back_stands_where_it_is_answered() -> None:
    parties = usual_parties()
    profile = states.refused_profile(parties)
    page = source_of(client_for(parties.vo).get(f"/transitions/profiles.profile/{profile.pk}/submit_again/"))
    assert "<blockquote><p>No.</p></blockquote>" in page


def test_sides_are_told_in_the_readers_words() -> None:
    sides = [Side.HO, Side.VOP, Side.SO]
    assert words_for(sides, {Side.VO}) == ["the host", "your Partnership"]
    assert words_for(sides, {Side.HO}) == ["you", "the visitor's Partnership"]
    assert words_for(sides, {Side.HO}, can_act=False) == ["your colleagues", "the visitor's Partnership"]
    assert words_for([Side.SO, Side.PORTAL], {Side.VO}) == ["the Support Office"]
