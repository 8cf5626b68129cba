"""The demo world as loaded."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from cxc import clock, todo
from cxc.access.scoped import Actor, Scoped, may_see
from cxc.comms.models import Mail
from cxc.demo.loader import load
from cxc.demo.scenarios.days import now_of
from cxc.todo.items import owed_now
from cxc.todo.models import TodoItem
from cxc.todo.subjects import by_code
from cxc.todo.things import things_of
from cxc.workflow import StatefulModel, kind_of
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.models import StateEvent
from exchanges.enums import ExchangeState
from exchanges.models import DocumentVersion, Exchange, FinalActivityReport, Payment, SharedPart, Visit
from exchanges.presenters.next_steps import NextStep, next_steps
from matching.fit.ranking import ranked
from matching.services.profile_indexes import PROFILE_INDEXES, ProfileIndex
from profiles.models import Generation, Organisation, Partnership, Profile, User
from profiles.queries.principals import actor_of
from reports.statistics import Filters, statistics
from tests.reports.comparison import assert_all_the_same, random_filters
from tests.reports.dashboard.figure_links import wrong_figures

DAY = timedelta(days=1)
STATEFUL: list[Any] = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
FIRST = {kind_of(model): str(model._meta.get_field("state").default) for model in STATEFUL}

pytestmark = [pytest.mark.reconciles, pytest.mark.long(100), pytest.mark.usefixtures("demo_world", "db")]


def test_it_is_loaded_once(demo_world: date) -> None:
    before = Exchange.objects.count()
    assert load(demo_world) is False
    assert Exchange.objects.count() == before


def test_every_state_is_what_the_events_tell() -> None:
    """Replayed from the first to the last: each begins where the one before ended."""
    told: dict[tuple[str, int], str] = {}
    for event in StateEvent.objects.order_by("pk"):
        key = event.kind, event.thing_id
        assert event.from_state == told.get(key, FIRST[event.kind] if event.from_state else ""), event
        told[key] = event.to_state
    for model in STATEFUL:
        kind = kind_of(model)
        for pk, state in model._base_manager.values_list("pk", "state"):
            assert state == told.pop((kind, pk), FIRST[kind]), (kind, pk)
    assert {state for _thing, state in told.items()} <= {StateEvent.DELETED}


def test_every_state_of_everything_exists() -> None:
    """But for a signed shared part, which is no state of its own: the own part is signed."""
    living = {model: set(model._base_manager.values_list("state", flat=True)) for model in STATEFUL}
    living[Exchange] = set(Exchange.objects.filter(generation__code="demo").values_list("state", flat=True))
    for model, states in living.items():
        all_states = {value for value, _label in model._meta.get_field("state").choices}
        assert all_states - states == ({"signed"} if model is SharedPart else set()), model


def test_nothing_happened_in_the_future(demo_world: date) -> None:
    assert not StateEvent.objects.filter(happened_at__date__gt=demo_world).exists()


def test_no_mail_left(mailoutbox: list[Any]) -> None:
    assert set(Mail.objects.values_list("status", flat=True)) == {"sent"}
    assert mailoutbox == []


# --- the pilot --------------------------------------------------------------------------------------


def _pilot(client: Client, to: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/statistics.json?generation=pilot&to={to}").json()["exchanges"]
    return found


def test_the_pilot_has_the_figures_of_november_2021(client: Client) -> None:
    found = _pilot(client, "2021-11-08")
    assert found["confirmed"] == 228
    virtual, physical = found["virtual"], found["physical"]
    assert (virtual["total"], physical["total"]) == (169, 59)
    assert virtual["by_working_days"] == {"3": 165, "4": 4}
    assert physical["by_working_days"] == {"3": 52, "5": 7}
    assert virtual["visits"] == {"grouped": 17, "single": 2}
    assert physical["visits"] == {"grouped": 7, "single": 5}
    assert (virtual["partnerships"], physical["partnerships"]) == (13, 8)
    assert set(virtual["by_type"]) == {"Networking", "Group event", "Pitch training", "Exploring new markets"}
    assert set(physical["by_type"]) == {
        "Networking and events",
        "Group event",
        "Research, development and innovation",
        "Exploring new markets",
    }
    for part in (virtual, physical):
        assert part["by_state"]["closed"] == part["total"] == sum(part["by_host_country"].values())


def test_by_june_2021_eighty_virtual_exchanges_of_eleven_partnerships(client: Client) -> None:
    virtual = _pilot(client, "2021-06-09")["virtual"]
    assert (virtual["total"], virtual["partnerships"]) == (80, 11)


def test_the_pilot_keeps_its_dates() -> None:
    pilot = Exchange.objects.filter(generation__code="pilot")
    virtual, physical = pilot.filter(modality="virtual"), pilot.filter(modality="physical")
    assert not virtual.exclude(actual_end__lte=date(2021, 8, 31)).exists()
    assert not physical.exclude(actual_start__gt=date(2021, 8, 31), actual_end__lte=date(2021, 11, 8)).exists()


def test_fifty_nine_organisations_travelled_and_some_had_met_on_the_screen_before() -> None:
    physical = Exchange.objects.filter(generation__code="pilot", modality="physical")
    assert physical.values("organisation").distinct().count() == 59
    virtual = Exchange.objects.filter(generation__code="pilot", modality="virtual")
    both = physical.filter(match__visiting_profile__in=virtual.values("match__visiting_profile"))
    assert both.count() >= 5


def test_the_pilot_is_paid_and_has_no_papers_here() -> None:
    physical = Exchange.objects.filter(generation__code="pilot", modality="physical")
    payments = Payment.objects.filter(exchange__generation__code="pilot")
    assert [payment.state for payment in payments] == ["paid"] * 59
    assert sum(payment.paid_amount or 0 for payment in payments) == sum(one.payable or 0 for one in physical)
    assert not DocumentVersion.objects.filter(exchange__generation__code="pilot").exists()
    assert not Exchange.objects.filter(generation__code="pilot", is_recorded=False).exists()


def test_the_pilots_thirteen_partnerships() -> None:
    pilots = Partnership.objects.filter(participations__generation__code="pilot")
    assert pilots.count() == 13
    unnamed = pilots.filter(acronym__startswith="Pilot Partnership").order_by("acronym")
    assert [(one.acronym, one.note.partition(";")[0]) for one in unnamed] == [
        ("Pilot Partnership 12", "name not known"),
        ("Pilot Partnership 13", "name not known"),
    ]
    assert not pilots.exclude(note__contains="made up").exclude(acronym="EXXTRA").exists()


def test_no_pilot_profile_is_open() -> None:
    assert set(Profile.objects.filter(generation__code="pilot").values_list("state", flat=True)) == {"archived"}


def test_the_pilot_is_open_to_all_countries_of_the_reference() -> None:
    pilot = Generation.objects.get(code="pilot")
    assert pilot.countries.count() == 39
    assert statistics(Filters(generation=pilot))["exchanges"]["confirmed"] == 228


def test_page_and_files_of_the_statistics_say_the_same(client: Client) -> None:
    acronyms = list(Partnership.objects.order_by("acronym").values_list("acronym", flat=True)[:6])
    for seed in range(8):
        around = date(2021, 6, 1)
        generations = ["pilot", "demo"]
        assert_all_the_same(client, random_filters(seed, generations=generations, partnerships=acronyms, around=around))


def test_every_name_is_made_up() -> None:
    assert not Organisation.objects.exclude(website__endswith=".example").exists()


# --- the living records ------------------------------------------------------------------------------


def test_some_thirty_records_live_and_one_visit_has_nine_visitors() -> None:
    living = Exchange.objects.filter(generation__code="demo")
    assert (living.count(), living.filter(is_recorded=True).count()) == (32, 1)
    grouped = [visit for visit in Visit.objects.filter(modality="physical") if visit.exchanges.count() == 9]
    coming = [visit for visit in grouped if set(visit.exchanges.values_list("state", flat=True)) == {"preparation"}]
    assert [visit.host_profile.organisation.memberships.get().user.email for visit in coming] == ["host@demo.example"]


def test_some_are_late(demo_world: date) -> None:
    today = demo_world
    assert Payment.objects.filter(state="due", due_on__lt=today).count() == 1
    assert (
        FinalActivityReport.objects.filter(
            state="draft", exchange__state="ongoing", exchange__actual_end__lt=today - 7 * DAY
        ).count()
        == 1
    )
    late = Exchange.objects.filter(
        state="preparation", agreed_start__lt=today + 14 * DAY, visit__shared_part__state="draft"
    )
    assert late.count() == 1
    assert Profile.objects.filter(state="draft", touched_at__date__lt=today - 60 * DAY).count() == 1


def test_the_demo_visitors_best_matches_differ(demo_world: date) -> None:
    profile = Profile.objects.get(organisation__members__email="visitor@demo.example")
    with clock.at(now_of(demo_world)):
        scores = [fit.score for fit in ranked(profile)]
    assert len(scores) >= 5
    assert sorted(set(scores), reverse=True) == scores
    assert scores[0] > 1.5 * scores[-1]


SIGN_INS = ("visitor", "host", "coordinator", "support", "observer")


@pytest.mark.parametrize("name", SIGN_INS)
def test_each_demo_sign_in_opens_the_portal(client: Client, name: str) -> None:
    credentials = {"login": f"{name}@demo.example", "password": "demo"}
    assert client.post("/account/login/", credentials).status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email=credentials["login"]).pk)


@pytest.mark.parametrize("name", [name for name in SIGN_INS if name != "observer"])
def test_each_who_acts_finds_something_to_do(demo_world: date, name: str) -> None:
    with clock.at(now_of(demo_world)):
        assert todo.items_for(actor_of(User.objects.get(email=f"{name}@demo.example"))) != []


@pytest.mark.parametrize("keeper", PROFILE_INDEXES, ids=lambda keeper: keeper.name)
def test_what_searching_and_ranking_read_is_what_it_should_be(keeper: ProfileIndex) -> None:
    assert keeper.differing() == set()


def test_every_number_of_a_dashboard_is_the_length_of_its_list(client: Client, demo_world: date) -> None:
    """A Partnership's for the newest generation; `EVERY_NUMBER=1`: for all, and the overview of all Partnerships.

    Each number is a list that is opened: all of them take minutes.
    """
    own = Partnership.objects.filter(memberships__user__email="coordinator@demo.example").get()
    addresses = {
        "coordinator@demo.example": ["/dashboard/", "/dashboard/?generation=all"],
        "support@demo.example": [
            "/dashboard/",
            "/dashboard/?generation=all",
            f"/dashboard/?partnership={own.acronym}&generation=all",
        ],
    }
    if os.environ.get("EVERY_NUMBER") != "1":
        addresses = {"coordinator@demo.example": ["/dashboard/"]}
    with clock.at(now_of(demo_world)):
        for email, pages in addresses.items():
            client.force_login(User.objects.get(email=email))
            assert {page: found for page in pages if (found := wrong_figures(client, page))} == {}


@pytest.mark.parametrize("name", SIGN_INS)
def test_few_rows_are_seen_by_the_same_rule_as_all(demo_world: date, name: str) -> None:
    """A rule and a list agree however the list is asked, and `may_see` says the same of each row."""
    actor = actor_of(User.objects.get(email=f"{name}@demo.example"))
    models: list[Any] = [model for model in apps.get_models() if issubclass(model, Scoped)]
    for model in models:
        for permission in model.read_permissions:
            seen = set(model.objects.visible_to(actor, permission).values_list("pk", flat=True))
            assert set(model.objects.visible_to(actor, permission, few=True).values_list("pk", flat=True)) == seen
            newest = model.objects.order_by("-pk")[:20]
            assert {one.pk for one in newest if may_see(actor, one, permission)} == seen & {one.pk for one in newest}


@pytest.mark.parametrize("name", SIGN_INS)
def test_the_page_of_every_exchange_tells_what_the_to_do_tells(demo_world: date, name: str) -> None:
    """The same tasks, with their days, what is late and for whom; nothing on what was recorded afterwards."""
    actor = actor_of(User.objects.get(email=f"{name}@demo.example"))
    with clock.at(now_of(demo_world)):
        deadlines = Deadlines()
        visible = Exchange.objects.filter(generation__code="demo").visible_to(actor).with_display_relations()
        pages = {(one.pk, *_told(step)) for one in visible for step in next_steps(one, actor)}
        items = TodoItem.objects.visible_at(deadlines.now).filter(kind__startswith="exchanges.")
        shown = {one.pk for one in visible if not one.is_recorded}
        expected = {facts for item in items for facts in _owed(item, actor, deadlines) if facts[0] in shown}
    assert pages == expected
    assert len(pages) > 1


def _told(step: NextStep) -> tuple[Any, ...]:
    return str(step.title), step.due, step.is_late, step.is_mine


def _owed(item: TodoItem, actor: Actor, deadlines: Deadlines) -> Iterator[tuple[Any, ...]]:
    """What the pages of the exchanges that wait for it tell of it."""
    subject, one = by_code()[item.code]
    thing = things_of([item.key]).get(item.key)
    if not one.is_listed or thing is None or not may_see(actor, thing, subject.permission_of(one.todo)):
        return
    is_late = item.is_overdue_at(deadlines.now)
    is_mine = owed_now(actor, deadlines).filter(kind=item.kind, thing_id=item.thing_id, code=item.code).exists()
    for exchange in _waiting_for(thing):
        yield exchange, str(one.label), item.due, is_late, is_mine


def _waiting_for(thing: Any) -> list[int]:
    if isinstance(thing, Exchange):
        return [thing.pk]
    if isinstance(thing, SharedPart):
        return [one.pk for one in thing.visit.exchanges.all() if one.state == ExchangeState.PREPARATION]
    return [thing.exchange_id] if hasattr(thing, "exchange_id") else []


@pytest.mark.parametrize(("state", "asked"), [("payment__state=paid", "Pay"), ("state=cancelled", "Say how")])
def test_nobody_is_asked_to_pay_what_is_paid_or_for_feedback_on_what_never_started(state: str, asked: str) -> None:
    so = actor_of(User.objects.get(email="support@demo.example"))
    settled = Exchange.objects.filter(**dict([state.split("=")]), generation__code="demo")
    titles = [str(step.title) for one in settled for step in next_steps(one, so)]
    assert (settled.exists(), [title for title in titles if title.startswith(asked)]) == (True, [])
