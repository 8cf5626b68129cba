"""A grouped visit of nine, from the matches to the payments, through the portal's own pages.

Visitor 1 works in Chromium, 2 to 9 fill in the same forms by the test client. Visitor 7 drops out,
8 is not ready on the day and stays behind, 9 falls ill and its stay is cut short.
"""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cxc import clock
from cxc.workflow.models import StateEvent
from exchanges.models import (
    AgendaItem,
    DocumentVersion,
    Evidence,
    FinalActivityReport,
    FinancialAgreement,
    OwnPart,
    Payment,
    SharedPart,
    Signature,
    Visit,
)
from exchanges.services.exchange_start import start_due_exchanges
from profiles.models import ExchangeType
from tests.exchanges.nine_visitors import (
    DATES_AND_PLACES,
    OWN_TEXTS,
    REPORT,
    STAY,
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
from tests.files import PDF
from tests.scenarios import lifecycle

DROPS_OUT, STAYS_BEHIND, CUT_SHORT = 7, 8, 9

pytestmark = pytest.mark.long(80)


# --- the story ---------------------------------------------------------------------------------------


def test_nine_visit_one_host(address: str, calendar: Calendar, page: Page, tmp_path: Path) -> None:
    visitors = nine()
    browser = VisitorsBrowser(page, address, visitors[0], tmp_path)
    visit = they_are_brought_together(visitors)
    the_agenda_is_typed_once(visit, visitors)
    browser.writes_the_own_part()
    browser.enters_the_account()
    for visitor in visitors[1:]:
        writes_its_papers(visitor)
    all_but_one_are_validated_and_signed(visit, visitors, browser)
    eight = visitors[DROPS_OUT - 1]
    eight.has_filled_in_for_it("exchange_cancel", {"reason": "The company closed."})
    on_the_day_seven_start(calendar, visitors)
    calendar.turn_to(datetime(2026, 10, 1, 9, tzinfo=UTC))
    visitors[CUT_SHORT - 1].has_filled_in_for_it(
        "exchange_actual", {"start": "2026-09-28", "end": "2026-09-29", "reason": "Ill on the third day."}
    )
    browser.hands_in_evidence_and_report()
    they_are_closed_and_paid(visitors)
    what_is_told_in_the_end(visitors)


def they_are_brought_together(visitors: list[Visitor]) -> Visit:
    """The first Partnership makes the visit of its six, the second adds its three; all are prepared."""
    lead = visitors[0].visitor_parties.vop_coordinator
    data = DATES_AND_PLACES | {"visitors": [visitor.match.pk for visitor in visitors[:6]]}
    response: Any = client_for(lead).post(f"/visits/new/?match={visitors[0].match.pk}", data)
    assert response.status_code == 302, response.content.decode()
    visit = Visit.objects.get()
    for visitor in visitors[6:]:
        fills_in(visitor.visitor_parties.vop_coordinator, "visit_join", visitor.match.pk, {"visit": visit.pk})
    kind = ExchangeType.objects.first()
    assert kind is not None
    for visitor in visitors:
        visitor.has_filled_in_for_it("exchange_plan", STAY | {"type": kind.pk})
        confirms(visitor.visitor_parties.vop_coordinator, visitor.exchange, "prepare")
    assert visit.exchanges.filter(state="preparation").count() == 9
    return visit


def the_agenda_is_typed_once(visit: Visit, visitors: list[Visitor]) -> None:
    host, shared = visitors[0].visitor_parties.ho, SharedPart.objects.get()
    fills_in(host, "shared_edit", visit.pk, lifecycle.SHARED_TEXTS, version_read=shared.row_version)
    shared.refresh_from_db()
    fills_in(host, "agenda_edit", visit.pk, agenda(), version_read=shared.row_version)
    confirms(visitors[0].visitor_parties.vop_coordinator, SharedPart.objects.get(), "submit")
    assert AgendaItem.objects.count() == 3


def writes_its_papers(visitor: Visitor) -> None:
    """Own part and account; the one who stays behind writes none."""
    if visitor.number == STAYS_BEHIND:
        return
    own = OwnPart.objects.get(exchange=visitor.exchange)
    visitor.fills_in("own_edit", OWN_TEXTS, version_read=own.row_version)
    agreement = FinancialAgreement.objects.get(exchange=visitor.exchange)
    typed = {"payee": visitor.visitor_parties.visitor.legal_name, "iban": lifecycle.IBAN, "payment_terms": ""}
    visitor.fills_in("agreement_edit", typed, version_read=agreement.row_version)


def all_but_one_are_validated_and_signed(visit: Visit, visitors: list[Visitor], browser: "VisitorsBrowser") -> None:
    ready = [visitor for visitor in visitors if visitor.number != STAYS_BEHIND]
    for visitor in ready:
        confirms(visitor.visitor_parties.vop_coordinator, OwnPart.objects.get(exchange=visitor.exchange), "submit")
        confirms(
            visitor.visitor_parties.vop_coordinator, FinancialAgreement.objects.get(exchange=visitor.exchange), "submit"
        )
    chosen = {
        "own": [visitor.exchange.own_part.pk for visitor in ready],
        "agreements": [visitor.exchange.agreement.pk for visitor in ready],
        "decision": "validate",
    }
    fills_in(visitors[0].visitor_parties.so, "validation_visit", visit.pk, chosen)
    versions = list(DocumentVersion.objects.order_by("kind", "pk"))
    assert len(versions) == 16
    for version in versions:
        lifecycle.with_pdf(version)
    for party, actor in (("ho", visitors[0].visitor_parties.ho), ("hop", visitors[0].visitor_parties.hop_coordinator)):
        signs_for_all(actor, party, visit, ready)
    browser.signs()
    for visitor in ready[1:]:
        visitor.fills_in("exchange_sign", signature("vo", visitor.visitor_parties.vo), documents=["ctq", "fa"])
    for visitor in ready:
        coordinator = visitor.visitor_parties.vop_coordinator
        visitor.has_filled_in_for_it("exchange_sign", signature("vop", coordinator), documents=["ctq", "fa"])
        sums = {"sector": visitor.visitor_parties.visitor.sector_id, "lump_sum": visitor.exchange.agreed_lump_sum}
        visitor.has_filled_in_for_it("exchange_agreed", STAY | sums)
        confirms(coordinator, visitor.exchange, "set_ready")
    assert Signature.objects.count() == 8 * (4 + 2)


def on_the_day_seven_start(calendar: Calendar, visitors: list[Visitor]) -> None:
    calendar.turn_to(datetime(2026, 9, 27, 22, 0, 1, tzinfo=UTC))  # midnight in Brussels
    assert (start_due_exchanges(clock.now()), start_due_exchanges(clock.now() + timedelta(hours=1))) == (7, 0)
    started = {visitor.number for visitor in visitors if visitor.exchange.state == "ongoing"}
    assert started == {1, 2, 3, 4, 5, 6, CUT_SHORT}


def they_are_closed_and_paid(visitors: list[Visitor]) -> None:
    for visitor in visitors:
        if visitor.number in {DROPS_OUT, STAYS_BEHIND}:
            continue
        if visitor.number != 1:
            report = FinalActivityReport.objects.get(exchange=visitor.exchange)
            visitor.fills_in("evidence_upload", {"kind": "hotel", "file": builders.upload()})
            visitor.fills_in("report_edit", REPORT, version_read=report.row_version)
            confirms(visitor.visitor_parties.vo, FinalActivityReport.objects.get(exchange=visitor.exchange), "submit")
        coordinator = visitor.visitor_parties.vop_coordinator
        confirms(coordinator, FinalActivityReport.objects.get(exchange=visitor.exchange), "accept")
        accepts_the_evidence(coordinator, Evidence.objects.get(exchange=visitor.exchange))
        accepts_the_amount(visitor)
        confirms(coordinator, visitor.exchange, "close")
        payment = Payment.objects.get(exchange=visitor.exchange)
        paid = {"paid_on": "2026-10-01", "amount": payment.amount, "reference": f"Transfer {visitor.number}"}
        visitor.has_filled_in_for_it("payment_pay", paid)


def accepts_the_amount(visitor: Visitor) -> None:
    """By the rule; under the least working days the Support Office decides."""
    if visitor.number == CUT_SHORT:
        refused = builders.send(visitor.visitor_parties.vop_coordinator, "exchange_payable", visitor.exchange.pk, {})
        assert "Ask the Support Office to decide" in builders.errors(refused)["__all__"][0]
        decided = {"amount": "200", "why": "Two of three days."}
        fills_in(visitor.visitor_parties.so, "exchange_payable", visitor.exchange.pk, decided)
    else:
        visitor.has_filled_in_for_it("exchange_payable", {})


def what_is_told_in_the_end(visitors: list[Visitor]) -> None:
    states = Counter(visitor.exchange.state for visitor in visitors)
    assert states == {"closed": 7, "cancelled": 1, "preparation": 1}
    whole, short = visitors[1].exchange, visitors[CUT_SHORT - 1].exchange
    assert (whole.actual_working_days, short.actual_working_days) == (3, 2)
    assert (whole.payable, short.payable) == (whole.agreed_lump_sum, 200)
    paid = {payment.exchange_id: payment.paid_amount for payment in Payment.objects.filter(state="paid")}
    closed = [visitor.exchange for visitor in visitors if visitor.exchange.state == "closed"]
    assert paid == {exchange.pk: exchange.payable for exchange in closed}
    starts = StateEvent.objects.filter(kind="exchanges.exchange", transition="begin_stay")
    assert Counter(starts.values_list("thing_id", flat=True)).most_common(1)[0][1] == 1


class VisitorsBrowser:
    """Visitor 1, in Chromium."""

    def __init__(self, page: Page, address: str, visitor: Visitor, folder: Path) -> None:
        self.page, self.address, self.visitor = page, address, visitor
        cookie = client_for(visitor.visitor_parties.vo).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": address}])
        self.scan = folder / "scan.pdf"
        self.scan.write_bytes(PDF)

    def opens(self, form: str) -> None:
        self.page.goto(f"{self.address}/exchanges/{self.visitor.exchange.pk}/{form}")

    def types(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"[name={name}]").fill(value)

    def sends(self) -> None:
        """Back on the page of the exchange afterwards."""
        self.page.locator("main form button.btn-primary").last.click()
        expect(self.page).to_have_url(re.compile(f"/exchanges/{self.visitor.exchange.pk}/(#|$)"))

    def writes_the_own_part(self) -> None:
        self.page.goto(f"{self.address}/visits/{self.visitor.exchange.visit_id}/ctq/")
        expect(self.page.get_by_text("Farm 2")).to_be_visible()
        self.opens("own-part/")
        self.types(**OWN_TEXTS)
        self.sends()

    def enters_the_account(self) -> None:
        self.opens("agreement/")
        self.types(payee=self.visitor.visitor_parties.visitor.legal_name, iban=lifecycle.IBAN)
        self.sends()

    def signs(self) -> None:
        user = self.visitor.visitor_parties.vo.user
        assert user is not None
        self.opens("sign/")
        for document in self.page.locator("[name=documents]").all():
            document.check()
        self.page.locator("[name=signer]").select_option(f"vo:{user.pk}")
        self.types(signed_on="2026-09-07")
        self.page.locator("[name=scan]").set_input_files(self.scan)
        self.sends()

    def hands_in_evidence_and_report(self) -> None:
        self.opens("evidence/")
        self.page.locator("[name=kind]").select_option("hotel")
        self.page.locator("[name=file]").set_input_files(self.scan)
        self.sends()
        self.opens("report/")
        self.types(**REPORT)
        self.sends()
        self.page.get_by_role("link", name="Submit the report").click()
        self.page.locator("main form button.btn-primary").click()
        expect(self.page.get_by_text("Submitted").first).to_be_visible()
