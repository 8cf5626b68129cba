"""The main menu: by body, folded into groups, with the section one is in."""

import pytest

from cxc.access.scoped import NOBODY, Actor
from cxc.web import menu
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def words(actor: Actor) -> dict[str, list[str]]:
    """The row's words, each with what folds under it."""
    return {
        str(row.label): [str(entry.label) for entry in row.entries] if isinstance(row, menu.MenuGroup) else []
        for row in menu.menu_for(actor).row
    }


def current(actor: Actor, path: str) -> list[tuple[str, str]]:
    found = menu.menu_for(actor, path)
    rows = [entry for row in found.row for entry in (row.entries if isinstance(row, menu.MenuGroup) else [row])]
    return [(str(row.label), row.current) for row in (*rows, *found.person) if row.current]


def test_each_body_has_a_row_that_fits() -> None:
    parties = usual_parties()
    visitor, coordinator, office = words(parties.vo), words(parties.vop_coordinator), words(parties.so)
    assert {next(iter(row)) for row in (visitor, coordinator, office)} == {"To-do"}
    assert visitor["Matching"] == ["Best matches", "Catalogue", "Matches"]
    assert visitor["Exchanges"] == ["My exchanges", "Open visits", "Visits"]
    assert "Make matches" in coordinator["Matching"]
    assert {"Validation", "Record afterwards", "Data and records"} <= set(office["Support Office"])
    assert "Support Office" not in visitor
    assert max(len(row) for row in (visitor, coordinator, office)) <= 7


def test_nobody_signed_in_sees_public_pages_in_a_flat_row() -> None:
    assert {"Partnerships", "Statistics"} <= set(words(NOBODY))
    assert not any(words(NOBODY).values())


def test_a_page_beneath_marks_its_section_and_the_nearest_wins() -> None:
    parties = usual_parties()
    assert current(parties.vo, "/exchanges/") == [("My exchanges", "page")]
    assert current(parties.vo, "/exchanges/12/plan/") == [("My exchanges", "true")]
    assert current(parties.vo, "/visits/open/3/") == [("Open visits", "true")]
    assert current(parties.vo, f"/organisations/{parties.vo.principal_id}/") == [("My organisation", "true")]
    assert current(parties.vo, "/transitions/x/1/y/") == []


def test_the_page_says_where_one_is() -> None:
    page = client_for(usual_parties().vo).get("/exchanges/").content.decode()
    assert page.count('aria-current="page"') == 1
    assert 'class="here"' in page
