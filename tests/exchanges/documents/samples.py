"""Documents to test with: an ordinary one of each kind, and each at its longest."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import islice, product
from pathlib import Path

from django.conf import settings

from exchanges import clauses
from exchanges.clauses import ClauseSection
from exchanges.documents.contexts import (
    Acceptance,
    AgendaItem,
    CoordinatingBody,
    CtqContext,
    DayCount,
    DayMark,
    DocumentHead,
    EditorialVersion,
    EvidenceLine,
    ExchangeFacts,
    FaContext,
    FarContext,
    NamedDay,
    OwnPart,
    Party,
    PayOutStep,
    SharedPart,
    Signatory,
    SignatureBlock,
    Submission,
)

GREEK = (
    "Ελληνική Σύμπραξη Καινοτόμων Επιχειρήσεων Βιοτεχνολογίας και Υγείας "
    "της Περιφέρειας Κεντρικής Μακεδονίας και Θεσσαλίας"
).ljust(120, "ς")
CYRILLIC = (
    "Български национален клъстер за машиностроене, мехатроника и роботика "
    "на Южния централен район и долината на Марица"
).ljust(120, "я")
ARMENIAN = "Արարատյան դաշտի ճարտարագիտական կլաստեր"
UNBROKEN = ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2)[:120]


def first_text(kind: str) -> str:
    """The text of clauses that the portal begins with."""
    return (Path(settings.BASE_DIR) / "exchanges" / "data" / "clauses" / f"{kind}.txt").read_text(encoding="utf-8")


def first_clauses(kind: str) -> list[ClauseSection]:
    """Those clauses with sample values in their placeholders."""
    return clauses.sections_of(clauses.fill_placeholders(first_text(kind), VALUES))


VALUES = {
    "reference": "EX-2026-0042",
    "ctq_reference": "CTQ-2026-0042",
    "far_reference": "FAR-2026-0042",
    "host_country": "Belgium",
    "seat_country": "Austria",
    "law_country": "Austria",
    "court_city": "Graz",
    "report_days": "7",
    "payment_working_days": "10",
    "follow_up_months": "6",
    "evidence_kinds": "hotel invoice, rent contract, boarding passes, letter of the host organisation",
    "grant_agreement_number": "101000001 (ALPINE)",
}

HEAD = DocumentHead(
    reference="CTQ-2026-0042",
    version=2,
    dated=date(2026, 3, 2),
    generation="Demo",
    funding=clauses.fill_placeholders(first_text("funding").strip(), VALUES),
    disclaimer=first_text("disclaimer").strip(),
)

VISITOR = Party(
    role="VO",
    name="Karst Photonics d.o.o.",
    kind="SME",
    country="Slovenia",
    address="Kraška cesta 12, 6210 Sežana",
    registration_number="SI 4711 0815",
    signatories=[Signatory(name="Vesna Primer", function="Director")],
)
HOST = Party(
    role="HO",
    name="Meuse Circular Plastics Cluster",
    kind="Cluster organisation",
    country="Belgium",
    address="Quai de l'Exemple 3, 4000 Liège",
    registration_number="BE 0999.999.922",
    signatories=[
        Signatory(name="Jan Voorbeeld", function="Cluster manager"),
        Signatory(name="An Specimen", function="Treasurer"),
    ],
)
VISITOR_PARTNERSHIP = Party(
    role="VOP",
    name="Alpine Demo Partnership",
    kind="Partnership",
    country="Austria",
    address="",
    registration_number="",
    signatories=[Signatory(name="Petra Muster", function="Coordinator")],
    coordinating=CoordinatingBody(
        name="Alpine Cluster Association",
        registration_number="ATU 00000000",
        address="Beispielgasse 1, 8010 Graz",
        country="Austria",
    ),
    grant_agreement_number="101000001",
)
HOST_PARTNERSHIP = replace(
    VISITOR_PARTNERSHIP,
    role="HOP",
    name="Meuse-Rhine Demo Partnership",
    country="Belgium",
    signatories=[Signatory(name="Luc Modèle", function="Coordinator")],
    coordinating=CoordinatingBody(
        name="Meuse-Rhine Cluster Association",
        registration_number="none",
        address="Place Modèle 5, 1000 Brussels",
        country="Belgium",
    ),
    grant_agreement_number="101000002",
)
PARTIES = [VISITOR, HOST, VISITOR_PARTNERSHIP, HOST_PARTNERSHIP]

EXCHANGE = ExchangeFacts(
    reference="EX-2026-0042",
    type="Exploring new markets",
    sector="22 Manufacture of rubber and plastic products",
    modality="physical",
    first_day=date(2026, 4, 7),
    last_day=date(2026, 4, 9),
    working_days=3,
    city="Liège",
    country="Belgium",
    zone="Europe/Brussels",
    count=DayCount(weekdays=3, holidays=[], worked=[], not_worked=[]),
)


def item(
    day: int, starts: str, ends: str, title: str, leader: str, place: str = "", is_feedback: bool = False
) -> AgendaItem:
    return AgendaItem(
        day=date(2026, 4, day),
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends),
        title=title,
        leader=leader,
        place=place,
        is_feedback=is_feedback,
    )


AGENDA = [
    item(7, "09:00", "10:30", "Welcome and introductions", "Jan Voorbeeld", "Cluster house"),
    item(7, "11:00", "12:30", "Visit to a sorting line", "Jan Voorbeeld", "Herstal"),
    item(7, "13:30", "16:30", "Workshop: optical sorting of plastics", "Vesna Primer", "Cluster house"),
    item(7, "16:30", "17:00", "What we learned today", "All", "Cluster house", True),
    item(8, "09:00", "12:00", "Two member companies", "Luc Modèle", "Seraing"),
    item(8, "13:30", "17:00", "Meetings with buyers", "Jan Voorbeeld", "Cluster house"),
    item(9, "09:00", "12:00", "Regional fair on circular economy", "Petra Muster", "Exhibition hall"),
    item(9, "13:00", "15:00", "Conclusions and next steps", "Vesna Primer", "Cluster house"),
]

SHARED = SharedPart(
    goals="Bring makers of optical instruments and recyclers of plastics together.\n\nFind two joint trials.",
    agenda=AGENDA,
    mutual_learning="The host shows its sorting lines; each visitor leads one workshop on its own technology.",
    learning_between_visitors="Evening round table of the visitors on the second day.",
    feedback_time="Half an hour at the end of each visit.",
    external_event="Regional fair on circular economy, third day.",
)

OWN = OwnPart(
    objectives="Learn what sorting lines need from near-infrared sensors.",
    outcomes="Two letters of intent; one trial.",
    follow_up="Call of the four parties on the state of the trial.",
    follow_up_months=6,
    responsibilities="Visitor: brings a demonstrator.\nHost: gives access to a line for half a day.",
)


def blocks(parties: list[Party]) -> list[SignatureBlock]:
    return [SignatureBlock(role=party.role, party=party.name) for party in parties]


def signed(block: SignatureBlock, name: str, function: str) -> SignatureBlock:
    return replace(
        block,
        name=name,
        function=function,
        signed_on=date(2026, 3, 10),
        how="Signed on paper",
        scan_reference="SC-2026-0007",
    )


CTQ = CtqContext(
    head=HEAD,
    parties=PARTIES,
    exchange=EXCHANGE,
    visit_reference="VI-2026-0007",
    shared=SHARED,
    own=OWN,
    signatures=blocks(PARTIES),
    clauses=first_clauses("ctq_physical"),
    clauses_version="Clauses, version 1, 1 January 2019",
)

FA = FaContext(
    head=replace(HEAD, reference="FA-2026-0042", version=1),
    parties=[VISITOR, VISITOR_PARTNERSHIP],
    host_name=HOST.name,
    exchange=EXCHANGE,
    payee="Karst Photonics d.o.o.",
    iban="SI56 2633 0001 2039 086",
    amount=Decimal("415"),
    ceiling=Decimal("830.00"),
    pay_out_rule=[
        PayOutStep(from_days=3, to_days=4, percent=Decimal("50.00")),
        PayOutStep(from_days=5, to_days=None, percent=Decimal("100.00")),
    ],
    evidence_kinds=["hotel invoice", "rent contract", "boarding passes", "letter of the host organisation"],
    signatures=blocks([VISITOR, VISITOR_PARTNERSHIP]),
    bic="BLJBSI2X",
    amount_in_words="Four hundred and fifteen euros",
    clauses=first_clauses("fa"),
    clauses_version="Clauses, version 1, 1 January 2019",
)

FAR = FarContext(
    head=replace(HEAD, reference="FAR-2026-0042", version=1, dated=date(2026, 4, 14)),
    parties=PARTIES,
    exchange=EXCHANGE,
    agreed_first_day=EXCHANGE.first_day,
    agreed_last_day=EXCHANGE.last_day,
    agreed_working_days=3,
    agenda=AGENDA,
    activities="Both workshops and the visit to the sorting line took place as planned.",
    departures="The visit to the second company was replaced by an online call.",
    outcomes="One letter of intent.",
    contacts="Three recyclers and one maker of sorting lines.",
    follow_up="Trial in autumn.",
    satisfaction=5,
    story_consent=True,
    evidence=[EvidenceLine(kind="Hotel invoice", name="invoice.pdf", received_on=date(2026, 4, 12), state="Accepted")],
    submission=Submission(name="Vesna Primer", function="Director", submitted_on=date(2026, 4, 14)),
    acceptance=Acceptance(name="Petra Muster", body="Alpine Demo Partnership", accepted_on=date(2026, 4, 16)),
    clauses=first_clauses("far"),
    clauses_version="Clauses, version 1, 1 January 2019",
)

LONG_TEXT = "\n\n".join(f"{GREEK}. {CYRILLIC}. {UNBROKEN}. {ARMENIAN}." for _ in range(3))


def long_agenda(count: int = 75) -> list[AgendaItem]:
    """Fifteen working days of five items each, with long titles: more than three pages."""
    weekdays = (date(2026, 4, 7) + timedelta(days=n) for n in range(40))
    days = (day for day in weekdays if day.isoweekday() <= 5)
    slots = [(time(9 + 2 * n), time(10 + 2 * n, 45)) for n in range(5)]
    leaders = [GREEK, CYRILLIC, UNBROKEN, ARMENIAN]
    return [
        AgendaItem(
            day=day,
            starts=starts,
            ends=ends,
            title=f"Item {number}: visit and workshop" + (f" {UNBROKEN} {GREEK}" if number % 7 == 0 else ""),
            leader=leaders[number % 4] if number % 5 == 0 else "Vesna Primer",
            place="Θεσσαλονίκη",
        )
        for number, (day, (starts, ends)) in enumerate(islice(product(days, slots), count), start=1)
    ]


def _long(party: Party, name: str) -> Party:
    """The party with everything as long as the database lets it be, and eight signatories."""
    people = [Signatory(name=name[:80], function=name[:60]) for _ in range(8)]
    body = CoordinatingBody(name=name, registration_number="X" * 30, address=f"{name} {name}", country="Kosovo*")
    return replace(
        party,
        name=name,
        address=name,
        registration_number="X" * 30,
        signatories=people,
        coordinating=body if party.coordinating else None,
        grant_agreement_number="9" * 30 if party.coordinating else "",
    )


LONG_PARTIES = [_long(party, name) for party, name in zip(PARTIES, [GREEK, CYRILLIC, UNBROKEN, ARMENIAN], strict=True)]

LONG_EXCHANGE = replace(
    EXCHANGE,
    last_day=date(2026, 5, 6),
    working_days=21,
    sector="16 Manufacture of wood and of products of wood and cork, except furniture; articles of straw and plaiting",
    city=GREEK[:100],
    day_marks=[
        DayMark(day=date(2026, 4, 11), is_worked=True, reason="Fair on Saturday"),
        DayMark(day=date(2026, 4, 14), is_worked=False, reason=CYRILLIC),
    ],
    count=DayCount(
        weekdays=22,
        holidays=[NamedDay(day=date(2026, 5, 1), name="Labour Day")],
        worked=[DayMark(day=date(2026, 4, 11), is_worked=True, reason="Fair on Saturday")],
        not_worked=[DayMark(day=date(2026, 4, 14), is_worked=False, reason=CYRILLIC)],
    ),
)

LONGEST_CTQ = replace(
    CTQ,
    parties=LONG_PARTIES,
    exchange=LONG_EXCHANGE,
    shared=replace(SHARED, goals=LONG_TEXT, agenda=long_agenda(), external_event=LONG_TEXT),
    own=replace(OWN, objectives=LONG_TEXT, responsibilities=LONG_TEXT, follow_up_months=12),
    signatures=[signed(block, block.party[:120], block.party[:80]) for block in blocks(LONG_PARTIES)],
    editorial_versions=[EditorialVersion(version=3, dated=date(2026, 3, 12), note=GREEK)],
)

LONGEST_FA = replace(
    FA,
    parties=[LONG_PARTIES[0], LONG_PARTIES[2]],
    host_name=CYRILLIC,
    exchange=LONG_EXCHANGE,
    payee=UNBROKEN,
    iban="MT84 MALT 0110 0001 2345 MTLC AST0 01S",
    amount=Decimal("1100"),
    ceiling=Decimal("1100"),
    ceiling_reason=LONG_TEXT,
    payment_terms=LONG_TEXT,
    signatures=[signed(block, block.party, block.party) for block in blocks([LONG_PARTIES[0], LONG_PARTIES[2]])],
)

LONGEST_FAR = replace(
    FAR,
    parties=LONG_PARTIES,
    exchange=LONG_EXCHANGE,
    agenda=long_agenda(),
    activities=LONG_TEXT,
    departures=LONG_TEXT,
    outcomes=LONG_TEXT,
    contacts=LONG_TEXT,
    story=LONG_TEXT,
    evidence=[
        EvidenceLine(
            kind="Letter of the host organisation", name=UNBROKEN, received_on=date(2026, 5, 8), state="Accepted"
        )
    ],
)
