"""Two tabs, or two people, with the same form: fields are merged, and one is told who saved."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cxc import clock
from cxc.access.scoped import Actor
from exchanges.models import AgendaItem, Exchange, OwnPart, SharedPart
from tests.exchanges.views import builders
from tests.factories.clients import client_for
from tests.factories.parties import Parties
from tests.html import source_of
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import NOW

pytestmark = pytest.mark.django_db

TEXTS = lifecycle.OWN_TEXTS | {"follow_up_months": "6"}


class Tab:
    """A form that was opened: what it carries travels with what is typed."""

    def __init__(self, actor: Actor, name: str, pk: int) -> None:
        self.client, self.address = client_for(actor), reverse(name, args=[pk])
        page = source_of(self.client.get(self.address))
        self.carried = dict(re.findall(r'<input type="hidden" name="(version_read|base)" value="([^"]*)">', page))

    def sends(self, **typed: Any) -> Any:
        return self.client.post(self.address, self.carried | typed)


def error(response: Any) -> str:
    assert response.status_code == 400
    return html.unescape(str(response.context["form"].errors["__all__"][0]))


def texts_of(exchange: Exchange) -> tuple[str, str]:
    own = OwnPart.objects.get(exchange=exchange)
    return own.objectives, own.outcomes


def test_fields_changed_in_two_tabs_are_both_kept(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    Tab(parties.vo, "own_edit", exchange.pk).sends(**TEXTS)
    first, second = (Tab(actor, "own_edit", exchange.pk) for actor in (parties.vo, parties.vop_coordinator))
    assert first.sends(**TEXTS | {"objectives": "From the first"}).status_code == 302
    assert second.sends(**TEXTS | {"outcomes": "From the second"}).status_code == 302
    assert texts_of(exchange) == ("From the first", "From the second")


def test_saving_mine_overwrites_only_the_field_that_both_changed(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    Tab(parties.vo, "own_edit", exchange.pk).sends(**TEXTS)
    first, second = (Tab(actor, "own_edit", exchange.pk) for actor in (parties.vo, parties.vop_coordinator))
    first.sends(**TEXTS | {"objectives": "Theirs", "outcomes": "Theirs alone"})
    response = second.sends(**TEXTS | {"objectives": "Mine"})
    assert response.context["differences"] == [("Objectives", "Theirs", "Mine")]
    page = html.unescape(response.content.decode())
    assert ("Theirs alone</textarea>" in page, "Mine</textarea>" in page) == (True, True)
    again = second.sends(
        **TEXTS | {"objectives": "Mine", "outcomes": "Theirs alone"}, overwrite=response.context["overwrite"]
    )
    assert (again.status_code, texts_of(exchange)) == (302, ("Mine", "Theirs alone"))


def test_a_third_save_in_between_is_not_overwritten_by_save_mine(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    first, second = (Tab(parties.vo, "own_edit", exchange.pk) for _ in range(2))
    first.sends(**TEXTS | {"objectives": "First"})
    overwrite = second.sends(**TEXTS | {"objectives": "Mine"}).context["overwrite"]
    Tab(parties.vop_coordinator, "own_edit", exchange.pk).sends(**TEXTS | {"objectives": "Third"})
    assert second.sends(**TEXTS | {"objectives": "Mine"}, overwrite=overwrite).status_code == 400
    assert texts_of(exchange)[0] == "Third"


def test_who_saved_is_oneself_in_another_tab_or_a_colleague_by_name_with_the_time(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    tabs = [Tab(actor, "own_edit", exchange.pk) for actor in (parties.vo, parties.vo, parties.vop_coordinator)]
    with clock.at(NOW + timedelta(minutes=65)):
        tabs[0].sends(**TEXTS | {"objectives": "First"})
        messages = [error(tab.sends(**TEXTS | {"objectives": "Other"})) for tab in tabs[1:]]
    assert messages[0].startswith("You saved this in another tab or window: 7 Sep 2026, 12:05 (Madrid time).")
    assert messages[1].startswith(f"{parties.vo.user} saved this in the meantime: 7 Sep 2026, 12:05 (Madrid time).")


def test_a_form_that_carries_nothing_overwrites_nothing(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    Tab(parties.vo, "own_edit", exchange.pk).sends(**TEXTS)
    bare = Tab(parties.vo, "own_edit", exchange.pk)
    bare.carried = {"version_read": "1", "base": "x" * 5000}
    assert error(bare.sends(**TEXTS | {"objectives": "Other"}))
    assert texts_of(exchange)[0] == TEXTS["objectives"]


def line(day: str, title: str) -> dict[str, str]:
    return {"day": day, "starts": "09:00", "ends": "12:00", "title": title, "leader": "The host", "place": ""}


def agenda(*lines: dict[str, str]) -> dict[str, str]:
    rows = {f"form-{n}-{name}": value for n, row in enumerate(lines) for name, value in row.items()}
    return {"form-TOTAL_FORMS": str(len(lines)), "form-INITIAL_FORMS": "0"} | rows


def titles(exchange: Exchange) -> list[str]:
    return list(AgendaItem.objects.filter(visit=exchange.visit_id).values_list("title", flat=True))


MONDAY, TUESDAY = "2026-09-28", "2026-09-29"


def test_days_of_the_agenda_changed_in_two_tabs_are_both_kept(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    first, second = (Tab(actor, "agenda_edit", exchange.visit_id) for actor in (parties.ho, parties.vop_coordinator))
    assert first.sends(**agenda(line(MONDAY, "Looms"))).status_code == 302
    assert second.sends(**agenda(line(TUESDAY, "Dyes"))).status_code == 302
    assert titles(exchange) == ["Looms", "Dyes"]


def test_a_day_of_the_agenda_that_both_changed_is_shown_and_replaced_only_when_it_is_meant(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    first, second = (Tab(actor, "agenda_edit", exchange.visit_id) for actor in (parties.ho, parties.vop_coordinator))
    first.sends(**agenda(line(MONDAY, "Looms"), line(TUESDAY, "Yarn")))
    response = second.sends(**agenda(line(MONDAY, "Dyes")))
    assert [item.title for item in response.context["theirs"]] == ["Looms"]
    assert titles(exchange) == ["Looms", "Yarn"]
    assert second.sends(**agenda(line(MONDAY, "Dyes")), overwrite=response.context["overwrite"]).status_code == 302
    assert titles(exchange) == ["Dyes", "Yarn"]


def test_days_marked_in_two_tabs_are_both_kept(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    first, second = (Tab(actor, "days_edit", exchange.visit_id) for actor in (parties.ho, parties.vop_coordinator))
    shared = SharedPart.objects.get(visit=exchange.visit_id)
    messages = [
        tab.sends(day=day, mark="calendar", reason="").status_code for tab, day in ((first, MONDAY), (second, TUESDAY))
    ]
    assert (messages, SharedPart.objects.get(pk=shared.pk).row_version) == ([302, 302], shared.row_version + 2)
