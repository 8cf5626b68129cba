"""Nine visitors from confirmed matches to closed exchanges by the page of their visit: how often a coordinator clicks.

Typing is not counted, nor are the decisions for which something is read (evidence, reports). The others do their part
by the test client.
"""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from cxc import clock
from cxc.access.scoped import Actor
from exchanges.models import DocumentVersion, Evidence, FinalActivityReport, FinancialAgreement, SharedPart, Visit
from exchanges.services.exchange_start import start_due_exchanges
from tests.exchanges.nine_visitors import (
    OWN_TEXTS,
    REPORT,
    Calendar,
    Visitor,
    accepts_the_evidence,
    agenda,
    confirms,
    fills_in,
    nine,
    signature,
    signs_for_all,
)
from tests.exchanges.views import builders
from tests.factories.clients import client_for
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.long(180), pytest.mark.reconciles]

MOST_CLICKS = 40


class Coordinator:
    """A coordinator in Chromium, whose clicks are counted: on buttons, links, boxes, and each choice from a list."""

    def __init__(self, page: Page, address: str, actor: Actor) -> None:
        self.page, self.address, self.actor, self.clicks = page, address, actor, 0
        cookie = client_for(actor).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": address}])

    def sees(self, path: str) -> None:
        """The page that is open anyway, as it stands by now."""
        self.page.goto(self.address + path)

    def clicks_on(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def presses(self, name: str | re.Pattern[str]) -> None:
        self.clicks_on(self.page.get_by_role("button", name=name).first)

    def chooses(self, field: str, label: str | None = None, index: int | None = None) -> None:
        self.clicks += 1
        self.page.locator(f"select[name={field}]").select_option(label=label, index=index)

    def types(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"[name={name}]").fill(value)

    def does_for_all(self, action: str) -> None:
        """By the list of actions below the table."""
        self.chooses("action", label=action)
        self.presses(re.compile("Continue with all"))

    def does_what_is_next(self, name: str) -> None:
        """By the button beside what the visit needs next."""
        self.presses(re.compile(rf"^\s*{name}\s*\(9\)"))

    def confirms(self, number: int = 9) -> None:
        self.presses(f"Confirm for {number}")
        expect(self.page).to_have_url(re.compile(r"/visits/\d+/"))

    def fills_in_for_all(self) -> None:
        self.presses("Fill in for all")
        self.presses("Preview")


def test_from_nine_matches_to_nine_closed_exchanges(address: str, calendar: Calendar, page: Page) -> None:
    visitors = nine(of_another_partnership=0)
    coordinator = Coordinator(page, address, visitors[0].visitor_parties.vop_coordinator)
    visit = creates_the_visit(coordinator)
    agrees_types_and_figures(coordinator, visit)
    writes_the_documents(coordinator, visit, visitors)
    hands_all_in(coordinator, visit, visitors)
    all_sign(coordinator, visit, visitors)
    sets_all_ready(coordinator, visit)
    calendar.turn_to(datetime(2026, 9, 27, 22, 0, 1, tzinfo=UTC))
    assert start_due_exchanges(clock.now()) == 9
    calendar.turn_to(datetime(2026, 10, 1, 9, tzinfo=UTC))
    evidence_and_reports_come_in_and_are_accepted(visitors)
    closes_all(coordinator, visit)
    assert set(visit.exchanges.values_list("state", flat=True)) == {"closed"}
    assert coordinator.clicks <= MOST_CLICKS


def creates_the_visit(coordinator: Coordinator) -> Visit:
    page = coordinator.page
    coordinator.sees("/todo/")
    coordinator.clicks_on(page.locator("a.todo-link").first)
    coordinator.clicks_on(page.get_by_role("link", name="Create a visit").first)
    coordinator.clicks_on(page.get_by_label("All visitors (9)"))
    coordinator.types(title="Nine smart farms", first_day="28/09/2026", last_day="30/09/2026")
    coordinator.clicks_on(page.locator("main form button.btn-primary").last)
    expect(page).to_have_url(re.compile(r"/visits/\d+/"))
    visit = Visit.objects.get()
    assert visit.exchanges.count() == 9
    return visit


def agrees_types_and_figures(coordinator: Coordinator, visit: Visit) -> None:
    coordinator.does_what_is_next("Choose type and planned dates")
    coordinator.chooses("all-type", index=1)
    coordinator.types(**{"all-start": "28/09/2026", "all-end": "30/09/2026"})
    coordinator.fills_in_for_all()
    coordinator.confirms()
    coordinator.does_what_is_next("Start the preparation")
    coordinator.confirms()
    assert set(visit.exchanges.values_list("state", flat=True)) == {"preparation"}


def writes_the_documents(coordinator: Coordinator, visit: Visit, visitors: list[Visitor]) -> None:
    """The host writes the shared part, the visitors their bank details, the coordinator all own parts by one text."""
    host, shared = visitors[0].visitor_parties.ho, SharedPart.objects.get()
    fills_in(host, "shared_edit", visit.pk, lifecycle.SHARED_TEXTS, version_read=shared.row_version)
    shared.refresh_from_db()
    fills_in(host, "agenda_edit", visit.pk, agenda(), version_read=shared.row_version)
    for visitor in visitors:
        agreement = FinancialAgreement.objects.get(exchange=visitor.exchange)
        typed = {"payee": visitor.visitor_parties.visitor.legal_name, "iban": lifecycle.IBAN, "payment_terms": ""}
        visitor.fills_in("agreement_edit", typed, version_read=agreement.row_version)
    coordinator.sees(visit.get_absolute_url())
    coordinator.does_for_all("Write own parts of the CTQ")
    coordinator.types(**{f"all-{name}": text for name, text in OWN_TEXTS.items()})
    coordinator.fills_in_for_all()
    coordinator.confirms()


def hands_all_in(coordinator: Coordinator, visit: Visit, visitors: list[Visitor]) -> None:
    """Figures, shared part, own parts and agreements; the Support Office validates them."""
    page = coordinator.page
    coordinator.does_what_is_next("Set sector and agreed figures")
    coordinator.chooses("all-sector", index=1)
    coordinator.fills_in_for_all()
    coordinator.confirms()
    coordinator.clicks_on(page.get_by_role("link", name="Mark the shared part of the CTQ ready for validation"))
    coordinator.clicks_on(page.get_by_role("link", name="Ready for validation", exact=True))
    coordinator.clicks_on(page.locator("main form button.btn-primary").last)
    coordinator.clicks_on(page.locator(".back-link a"))
    coordinator.does_what_is_next("Own part of the CTQ: ready for validation")
    coordinator.confirms()
    coordinator.does_what_is_next("Financial Agreement: ready for validation")
    coordinator.confirms()
    chosen = {
        "own": [visitor.exchange.own_part.pk for visitor in visitors],
        "agreements": [visitor.exchange.agreement.pk for visitor in visitors],
        "decision": "validate",
    }
    fills_in(visitors[0].visitor_parties.so, "validation_visit", visit.pk, chosen)
    for version in DocumentVersion.objects.order_by("kind", "pk"):
        lifecycle.with_pdf(version)


def all_sign(coordinator: Coordinator, visit: Visit, visitors: list[Visitor]) -> None:
    for party, actor in (("ho", visitors[0].visitor_parties.ho), ("hop", visitors[0].visitor_parties.hop_coordinator)):
        signs_for_all(actor, party, visit, visitors)
    for visitor in visitors:
        visitor.fills_in("exchange_sign", signature("vo", visitor.visitor_parties.vo), documents=["ctq", "fa"])
        actor = visitor.visitor_parties.vop_coordinator
        visitor.has_filled_in_for_it("exchange_sign", signature("vop", actor), documents=["ctq", "fa"])
    coordinator.sees(visit.get_absolute_url())


def sets_all_ready(coordinator: Coordinator, visit: Visit) -> None:
    coordinator.does_what_is_next("Ready to start")
    coordinator.confirms()
    assert set(visit.exchanges.values_list("state", flat=True)) == {"ready"}


def evidence_and_reports_come_in_and_are_accepted(visitors: list[Visitor]) -> None:
    for visitor in visitors:
        report = FinalActivityReport.objects.get(exchange=visitor.exchange)
        visitor.fills_in("evidence_upload", {"kind": "hotel", "file": builders.upload()})
        visitor.fills_in("report_edit", REPORT, version_read=report.row_version)
        confirms(visitor.visitor_parties.vo, FinalActivityReport.objects.get(exchange=visitor.exchange), "submit")
        coordinator = visitor.visitor_parties.vop_coordinator
        confirms(coordinator, FinalActivityReport.objects.get(exchange=visitor.exchange), "accept")
        accepts_the_evidence(coordinator, Evidence.objects.get(exchange=visitor.exchange))


def closes_all(coordinator: Coordinator, visit: Visit) -> None:
    coordinator.sees(visit.get_absolute_url())
    coordinator.does_what_is_next("Accept the payable amount")
    coordinator.presses("Preview")
    coordinator.confirms()
    coordinator.does_what_is_next("Close")
    coordinator.confirms()
