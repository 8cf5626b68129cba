"""One exchange from sign-up to payment, in a real browser, with the real web, worker and beat.

Visitor and host walk it on a phone, coordinators and Support Office at a desk (WALK_SWAPPED=1, as in
`./portal bench walk`: the other way round); each kind of page that one of them comes to is measured
at both widths.

Set WALK_PICTURES to a folder to get a picture of every page on the way.
"""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.monitoring.log_files import found_in_logs
from tests.plugin.portal import RunningPortal
from tests.seals.pdfs import pdfsig
from tests.walk.conftest import OpenPersona
from tests.walk.layout import DESKTOP, PHONE
from tests.walk.personas import OWN, REPORT, SHARED, Coordinator, Member, Office
from tests.walk.records import COORDINATORS

pytestmark = [pytest.mark.long(290), pytest.mark.browser, pytest.mark.pdf, pytest.mark.pdf_tools]

MEMBERS_WIDTH, OFFICES_WIDTH = (DESKTOP, PHONE) if os.environ.get("WALK_SWAPPED") == "1" else (PHONE, DESKTOP)
MONDAY = date(2026, 9, 28)  # three weeks after the walk begins
DAYS = [MONDAY + timedelta(days=number) for number in range(3)]
VISITOR, HOST = "Viajera Fictional Network", "Gastvrij Fictional Network"
VERA, HUGO = "Vera Fictional", "Hugo Fictional"
IBAN, IBAN_READABLE = "ES9121000418450200051332", "ES91 2100 0418 4502 0005 1332"


def test_from_sign_up_to_payment(open_persona: OpenPersona, portal: RunningPortal, scan: Path) -> None:
    # Two organisations come from the street, and the Partnerships publish what they want.
    visitor, host = open_persona(Member, VERA, width=MEMBERS_WIDTH), open_persona(Member, HUGO, width=MEMBERS_WIDTH)
    visitor.sign_up("vera@viajera.example")
    visitor.register_organisation(VISITOR, "ES")
    visiting_profile = visitor.submit_profile("visiting", "VIAJE")
    host.sign_up("hugo@gastvrij.example")
    host.register_organisation(HOST, "BE")
    host_profile = host.submit_profile("host", "GASTEN")
    vop = open_persona(Coordinator, COORDINATORS["VIAJE"], width=OFFICES_WIDTH)
    hop = open_persona(Coordinator, COORDINATORS["GASTEN"], width=OFFICES_WIDTH)
    vop.sign_in("viaje@walk.example")
    vop.publish(visiting_profile)
    hop.sign_in("gasten@walk.example")
    hop.publish(host_profile)
    assert (visitor.shows(visiting_profile), host.shows(host_profile)) == ("Published", "Published")

    # They match.
    match = visitor.propose_match(HOST)
    assert visitor.shows(match) == "Proposed"
    host.say_yes("hugo@gastvrij.example")
    assert visitor.shows(match) == "Confirmed"

    # The Partnerships build the exchange; the papers are written and validated.
    visit = hop.create_visit(match, DAYS)
    exchange = vop.open_exchange(visit, VISITOR)
    vop.plan(exchange, DAYS)
    vop.agree_figures(exchange, DAYS)
    hop.write_shared_part(visit, DAYS)
    visitor.write_own_part(exchange)
    vop.transition(exchange, "Ready for validation", within="#ctq")
    visitor.name_payee(exchange, VISITOR, IBAN)
    vop.transition(exchange, "Ready for validation", within="#fa")
    draft = visitor.read_document(exchange, "ctq", link="Draft as PDF")
    assert all("DRAFT" in page for page in draft.pages)
    office = open_persona(Office, "Sample Support", width=OFFICES_WIDTH)
    office.sign_in("support@walk.example")
    office.validate(visit)

    # Everybody reads the documents and signs: the host on paper, the others on the screen, the visitor on a phone.
    # Then the exchange starts by itself at midnight in Brussels.
    ctq = visitor.read_document(exchange, "ctq", link="as validated, for signing")
    ctq.check("Commitment to Quality")
    assert ctq.lacks(VISITOR, HOST, *SHARED.values(), *OWN.values(), "Workshop 2") == []
    agreement = visitor.read_document(exchange, "fa", link="as validated, for signing")
    agreement.check("Financial Agreement")
    assert agreement.lacks(VISITOR, VERA, IBAN_READABLE) == []
    visitor.sign_on_screen(exchange, "ctq", "fa")
    host.sign_on_paper(exchange, scan, documents=("CTQ",))
    hop.sign_on_screen(exchange, "ctq")
    vop.sign_visit(visit)
    for section in ("ctq", "fa"):
        sealed = visitor.read_sealed(exchange, section)
        assert "Total document signed" in pdfsig(sealed.content, sealed.folder)
        visitor.check_sealed(sealed)
    vop.transition(exchange, "Ready to start")
    portal.manage("clock", "set", "2026-09-27T21:59")
    assert vop.shows(exchange) == "Ready to start"
    portal.manage("clock", "set", "2026-09-27T22:01")
    vop.sees_it_start(exchange)

    # It is over: evidence, report, closing, payment.
    portal.manage("clock", "set", "2026-10-01T09:00")
    visitor.hand_in_evidence(exchange, scan)
    vop.accept_evidence()
    visitor.submit_report(exchange)
    vop.transition(exchange, "Accept the report")
    report = visitor.read_document(exchange, "far")
    report.check("Final Activity Report")
    assert report.lacks(VISITOR, HOST, *(REPORT[name] for name in ("activities", "outcomes", "follow_up"))) == []
    vop.accept_amount(exchange)
    vop.transition(exchange, "Close")
    vop.pay(exchange, on=date(2026, 10, 1), reference="WALK-1")
    shown = visitor.read_page(exchange)
    assert "Closed" in shown
    assert "reference WALK-1" in shown

    # The logs name none of them.
    people = (
        VERA,
        HUGO,
        *COORDINATORS.values(),
        "Sample Support",
        "@walk.example",
        "@viajera.example",
        "@gastvrij.example",
    )
    assert found_in_logs(portal, (*people, IBAN, IBAN_READABLE, "csrfmiddlewaretoken", "sessionid")) == []
