"""Kill the tab, the connection or the session in the middle of each long form, and come back: all typed is there."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect

from cxc.access.scoped import Actor
from cxc.bulk import runs
from cxc.bulk.actions import action_of
from cxc.web.models import FormDraft
from exchanges.models import Exchange
from profiles.models import Profile
from tests.exchanges.views import builders
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = pytest.mark.long(110)

# Milliseconds: what was typed until then is there.
TWO_SECONDS = 2000
# For a page that loads once more with what the browser still had.
PATIENCE = 30_000
IBAN = "ES91 2100 0418 4502 0005 1332"


@dataclass
class Killed:
    """One form in a tab of one person: what is typed into which fields, by the field's name; `{n}` counts the kills."""

    who: str
    address: str
    fields: dict[str, str]
    typed: dict[str, str] = field(default_factory=dict)
    tab: Page | None = None

    def open(self, context: BrowserContext, at: str) -> None:
        self.tab = context.new_page()
        answer = self.tab.goto(at + self.address)
        assert answer is not None
        assert answer.ok, (self.address, answer.status)

    def types(self, n: int) -> None:
        assert self.tab is not None
        self.typed = {name: text.format(n=n) for name, text in self.fields.items()}
        for name, text in self.typed.items():
            self.field(name).fill(text)

    def field(self, name: str) -> Locator:
        assert self.tab is not None
        return self.tab.locator(f"form[data-draft] [name='{name}']")

    def close(self) -> None:
        assert self.tab is not None
        self.tab.close()

    def lost(self) -> list[str]:
        """The fields in which something else stands than what was typed."""
        missing = []
        for name, text in self.typed.items():
            try:
                expect(self.field(name)).to_have_value(text, timeout=PATIENCE)
            except AssertionError:
                missing.append(f"{self.address} {name}: {self.field(name).input_value()!r}")
        return missing


def forms(parties: Parties, draft: Profile, prepared: Exchange, under_way: Exchange) -> list[Killed]:
    """Every form of the portal that is long, or takes more than a moment to write."""
    at, visit, now = f"/exchanges/{prepared.pk}", f"/visits/{prepared.visit_id}", f"/exchanges/{under_way.pk}"
    return [
        Killed("vo", f"/profiles/{draft.pk}/edit/exchange/", {"title": "Ports {n}", "available_from": "0{n}/10/2026"}),
        Killed("vo", f"/profiles/{draft.pk}/edit/texts/", {"motivation": "Learn {n}", "description": "We do {n}"}),
        Killed("vo", f"/organisations/{parties.visitor.pk}/edit/", {"mission": "Mission {n}", "city": "City {n}"}),
        Killed("vo", f"{at}/own-part/", {"objectives": "Objectives {n}", "responsibilities": "Ours {n}"}),
        Killed("vo", f"{at}/agreement/", {"payee": "Payee {n}", "payment_terms": "In {n} days"}),
        Killed("visitor", f"{now}/report/", {"activities": "Activities {n}", "outcomes": "Outcomes {n}"}),
        Killed("visitor", f"{now}/evidence/", {"note": "Note {n}"}),
        Killed("vop", f"{visit}/shared-part/", {"goals": "Goals {n}", "feedback_time": "Then {n}"}),
        Killed("vop", f"{visit}/agenda/", {"form-0-title": "Workshop {n}", "form-1-leader": "Host {n}"}),
        Killed("vop", f"{visit}/days/", {"reason": "Strike {n}"}),
        Killed("vop", f"{visit}/remark/", {"text": "Remark {n}"}),
        Killed("vop", f"{visit}/dates/", {"title": "Visit {n}", "first_day": "2{n}/9/20"}),
        Killed("vop", f"{at}/plan/", {"start": "2{n}/9/2026"}),
        Killed("vop", f"{at}/agreed/", {"lump_sum": "1 {n}00,50"}),
        Killed("vop", "/record/", {"source": "Minutes {n}", "city": "Gent {n}"}),
        figures_of_many(parties, prepared),
        Killed("so", f"/validation/{prepared.visit_id}/", {"comments": "Please change {n}"}),
        Killed("so", f"/transitions/exchanges.exchange/{prepared.pk}/back_to_draft/", {"reason": "Because {n}"}),
    ]


def figures_of_many(parties: Parties, prepared: Exchange) -> Killed:
    """The form of a bulk action, which saves itself into its run."""
    action = action_of("exchange-set_agreed")
    assert action is not None
    run = runs.create_run(action, Exchange.objects.filter(pk=prepared.pk), by=parties.vop_coordinator)
    return Killed("vop", run.get_absolute_url(), {f"{run.items.get().prefix}-lump_sum": "3{n}0"})


class Desks:
    """One browser for each person."""

    def __init__(self, browser: Browser, at: str, people: dict[str, Actor]) -> None:
        self.at, self.people = at, people
        size: Any = {"width": 1280, "height": 900}
        self.contexts = {who: browser.new_context(locale="en-GB", viewport=size) for who in people}
        self.under_way: set[Request] = set()
        for context in self.contexts.values():
            context.set_default_timeout(2 * PATIENCE)
            context.on("request", lambda request: self.under_way.add(request))
            for ending in ("requestfinished", "requestfailed"):
                context.on(ending, lambda request: self.under_way.discard(request))
        expect.set_options(timeout=PATIENCE)
        self.sign_in()

    def sign_in(self) -> None:
        for who, actor in self.people.items():
            cookie = client_for(actor).cookies["sessionid"].value
            self.contexts[who].add_cookies([{"name": "sessionid", "value": cookie, "url": self.at}])

    def sign_out_all(self) -> None:
        """The sessions end, nobody pressed a button."""
        for context in self.contexts.values():
            context.clear_cookies(name="sessionid")

    def offline(self, is_off: bool) -> None:
        for context in self.contexts.values():
            context.set_offline(is_off)

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()


def all_type(listed: list[Killed], n: int, desks: Desks) -> None:
    """Everybody types everywhere, then two seconds pass, and what was sent by then is answered."""
    desks.under_way.clear()  # what a closed tab had sent is told of by nobody
    for one in listed:
        one.types(n)
    tab = listed[0].tab
    assert tab is not None
    tab.wait_for_timeout(TWO_SECONDS)
    quiet = 0  # a browser with this many tabs in the background may be late with their timers
    for _wait in range(200):
        quiet = 0 if desks.under_way else quiet + 1
        if quiet == 50:
            break
        tab.wait_for_timeout(TWO_SECONDS // 20)


def lost_after_opening(listed: list[Killed], desks: Desks) -> list[str]:
    for one in listed:
        one.open(desks.contexts[one.who], desks.at)
    return [lost for one in listed for lost in one.lost()]


def test_what_was_typed_survives_tab_connection_and_session(address: str, browser: Browser) -> None:
    parties, others = usual_parties(), usual_parties()
    under_way, prepared = lifecycle.ongoing(others), builders.roomy(parties)
    people = {"vo": parties.vo, "vop": parties.vop_coordinator, "so": parties.so, "visitor": others.vo}
    listed = forms(parties, lifecycle.draft(parties.visitor, parties.vop, parties.vo, "host"), prepared, under_way)
    desks = Desks(browser, address, people)
    for one in listed:
        one.open(desks.contexts[one.who], address)

    all_type(listed, 1, desks)
    for one in listed:
        one.close()
    assert lost_after_opening(listed, desks) == [], "the tab was closed"

    desks.offline(True)
    all_type(listed, 2, desks)
    for one in listed:
        one.close()
    desks.offline(False)
    assert lost_after_opening(listed, desks) == [], "the connection was lost"

    desks.sign_out_all()
    all_type(listed, 3, desks)
    for one in listed:
        one.close()
    desks.sign_in()
    assert lost_after_opening(listed, desks) == [], "the session ended"
    desks.close()


def test_an_account_is_kept_nowhere_and_all_goes_on_sign_out(address: str, browser: Browser) -> None:
    parties = usual_parties()
    prepared = builders.roomy(parties)
    desks = Desks(browser, address, {"vo": parties.vo})
    form = Killed("vo", f"/exchanges/{prepared.pk}/agreement/", {"payee": "Payee {n}", "iban": IBAN})
    form.open(desks.contexts["vo"], address)
    form.types(1)
    tab = form.tab
    assert tab is not None
    expect(tab.locator("[data-draft-text]")).to_contain_text("Saved at")
    assert [kept.fields for kept in FormDraft.objects.all()] == [[["payee", "Payee 1"], ["payment_terms", ""]]]
    desks.contexts["vo"].route("**/form-drafts/", lambda route: route.abort())
    form.types(2)
    expect(tab.locator("[data-draft-text]")).to_contain_text("kept in this browser")
    stored = tab.evaluate("JSON.stringify(localStorage)")
    assert ("Payee 2" in stored, "ES91" in stored, "iban" in stored.lower()) == (True, False, False)
    tab.locator("form[action='/account/logout/'] button").evaluate("button => button.click()")
    tab.wait_for_url(f"{address}/")
    assert tab.evaluate("JSON.stringify(localStorage)") == "{}"
    desks.close()


def test_who_signs_in_again_comes_back_to_the_form_with_all_of_it(address: str, browser: Browser) -> None:
    parties = usual_parties()
    prepared = builders.roomy(parties)
    user = parties.vo.user
    assert user is not None
    user.set_password("correct-horse-battery")
    user.save()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    desks = Desks(browser, address, {"vo": parties.vo})
    form = Killed("vo", f"/exchanges/{prepared.pk}/own-part/", {"objectives": "Objectives {n}"})
    form.open(desks.contexts["vo"], address)
    desks.sign_out_all()
    form.types(1)
    tab = form.tab
    assert tab is not None
    tab.get_by_role("link", name="Sign in and go on").click()
    tab.locator("#id_login").fill(user.email)
    tab.locator("#id_password").fill("correct-horse-battery")
    tab.locator("main form button[type=submit]").click()
    tab.wait_for_url(f"{address}{form.address}")
    expect(tab.locator("#form-draft")).to_contain_text("We kept what you typed at")
    assert form.lost() == []
    tab.get_by_role("button", name="Save", exact=True).click()
    tab.wait_for_url(f"{address}/exchanges/{prepared.pk}/**")
    form.close()
    form.open(desks.contexts["vo"], address)
    assert form.tab is not None
    expect(form.tab.locator("#form-draft")).to_have_count(0)
    assert form.tab.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('form-draft:')).length") == 0
    desks.close()
