"""The addresses of `exchanges`."""

from exchanges.models import FinalActivityReport
from tests.access.sample import Sample
from tests.access.targets.target import EVERY, FILE, TWO, Arguments, Body, Filled, Target, of, saves_view, sends
from tests.factories.people import generation
from tests.scenarios.visit_moves import NEW

EXCHANGE, VISIT = of("exchange"), of("visit")
PREPARED, VALIDATED, ONGOING, REPORTED, CLOSED = "in preparation", "validated", "ongoing", "reported", "closed"


def _of_exchange(end: str, stage: str, body: Filled) -> Target:
    return Target(f"exchanges/<pk>/{end}/", stage, EXCHANGE, body, EVERY)


def _of_visit(end: str, stage: str, body: Body | Filled) -> Target:
    return Target(f"visits/<pk>/{end}/", stage, VISIT, body, TWO)


def _document(route: str, arguments: Arguments, stage: str = CLOSED) -> Target:
    return Target(f"documents/{route}", stage, arguments, relations=EVERY)


def _list(route: str, action: str) -> list[Target]:
    return [
        Target(route, CLOSED, body=sends(action=action, all="1")),
        Target(route, CLOSED, body=saves_view, label="saved view", methods=("POST",)),
        *(Target(route, CLOSED, query=f"format={kind}", label=kind, methods=("GET",)) for kind in ("csv", "xlsx")),
    ]


def _match_of(sample: Sample) -> str:
    return f"match={sample['match'].pk}"


def _page_one_of(name: str) -> Arguments:
    return lambda sample: (sample[name].pk, 1)


def _draft_of(kind: str) -> Arguments:
    return lambda sample: (kind, sample["exchange"].pk)


def _version_of_report(sample: Sample) -> int:
    return FinalActivityReport.objects.get(pk=sample["report"].pk).row_version


RECORDED = Filled(
    "vop_coordinator",
    {
        "source": "Our files",
        "visiting_organisation": lambda sample: sample.parties.visitor.pk,
        "host_organisation": lambda sample: sample.parties.host.pk,
        "host_partnership": lambda sample: sample.parties.hop.pk,
        "partnership": lambda sample: sample.parties.vop.pk,
        "generation": lambda _sample: generation().pk,
        "modality": "virtual",
        "start": "2025-06-16",
        "end": "2025-06-18",
        "visit": "",
        "lump_sum": "",
        "payable": "",
        "paid_amount": "",
    },
)

# The new days of a visit.
_MOVED = {name: str(day) for name, day in NEW.items()}

TARGETS = [
    *_list("exchanges/", "exchange-cancel"),
    *_list("visits/", "exchange-cancel"),
    *_list("payments/", "remind:pay"),
    Target("exchanges/<pk>/", CLOSED, EXCHANGE, relations=EVERY),
    Target("exchanges/<pk>/", PREPARED, EXCHANGE, relations=EVERY, label=PREPARED),
    Target(
        "exchanges/<pk>/", CLOSED, EXCHANGE, relations=EVERY, query="quick_look=1", label="quick look", methods=("GET",)
    ),
    Target("visits/<pk>/", CLOSED, VISIT, relations=TWO, query="quick_look=1", label="quick look", methods=("GET",)),
    Target("visits/<pk>/", CLOSED, VISIT, sends(action="exchange-cancel", all="1"), TWO),
    *(Target(f"documents/visit/<pk>/{kind}/", CLOSED, VISIT, relations=TWO) for kind in ("zip", "pdf")),
    Target("visits/<pk>/", PREPARED, VISIT, relations=TWO, label=PREPARED),
    _of_exchange("plan", PREPARED, Filled("vop_coordinator", {"start": "2026-09-28", "end": "2026-09-30"})),
    _of_exchange("agreed", PREPARED, Filled("vop_coordinator", {"lump_sum": "400.00"})),
    _of_exchange("ceiling", PREPARED, Filled("so", {"ceiling": "3000.00", "reason": "Far away."})),
    _of_exchange("own-part", PREPARED, Filled("vo", {"objectives": "Learn about looms."})),
    _of_exchange("agreement", PREPARED, Filled("vo", {"payee": "A fictional payee"})),
    _of_exchange("agreement/amount", PREPARED, Filled("vop_coordinator", {"amount": "399.00"})),
    _of_exchange("cancel", PREPARED, Filled("vop_coordinator", {"reason": "Ill."})),
    _of_exchange("take-back", PREPARED, Filled("vo", {"sure": "on"})),
    _of_exchange(
        "sign",
        VALIDATED,
        Filled(
            "vop_coordinator",
            {"scan": FILE, "documents": ["ctq"], "signer": lambda sample: f"vo:{sample.parties.vo.user.pk}"},
        ),
    ),
    _of_exchange("actual", ONGOING, Filled("vop_coordinator", {"end": "2026-09-29", "reason": "Went home."})),
    _of_exchange("evidence", ONGOING, Filled("vop_coordinator", {"kind": "host_letter", "file": FILE})),
    _of_exchange("report", ONGOING, Filled("vo", {"outcomes": "A letter of intent."})),
    _of_exchange("report/for-visitor", "written", Filled("vop_coordinator", {"file": FILE, "reason": "Ill."})),
    _of_exchange("feedback", ONGOING, Filled("vo", {"rating": "3", "text": "Well."})),
    _of_exchange("payable", REPORTED, Filled("vop_coordinator", {})),
    _of_exchange("payment", CLOSED, Filled("vop_coordinator", {"amount": "1.00", "reference": "Bank 2"})),
    _of_exchange("payment/take-back", CLOSED, Filled("so", {"reason": "Sent back."})),
    Target("visits/new/", "matched", body=Filled("hop_coordinator", {}), query=_match_of, relations=EVERY),
    Target("visits/join/<pk>/", "matched", of("match"), Filled("hop_coordinator", {}), EVERY),
    _of_visit("add", "matched", Filled("hop_coordinator", {"visitors": lambda sample: [sample["match"].pk]})),
    _of_visit("plan", "matched", Filled("hop_coordinator", {})),
    _of_visit("opening", "matched", Filled("ho", {"outline": "Looms."})),
    Target("visits/open/", "matched"),
    Target("visits/open/<pk>/", "matched", of("open_visit"), relations=TWO),
    Target("visits/open/<pk>/ask/", "matched", of("open_visit"), Filled("vo", {}), TWO),
    Target(
        "visits/open/new/",
        "matched",
        body=Filled(
            "ho",
            {
                "modality": "virtual",
                "first_day": "2026-10-12",
                "last_day": "2026-10-14",
                "last_day_to_ask": "2026-09-30",
                "outline": "Looms.",
            },
        ),
    ),
    Target("visits/<pk>/join-requests/", "matched", of("full_visit"), relations=TWO),
    Target("visits/waiting/<pk>/offer/", "matched", of("waiting"), Filled("hop_coordinator", {}), EVERY),
    _of_visit("dates", PREPARED, Filled("lead", {"title": "Looms", "last_day": "2026-10-01"})),
    _of_visit("lead", PREPARED, Filled("lead", {})),
    Target("visits/<pk>/ctq/", PREPARED, VISIT, relations=TWO),
    _of_visit("shared-part", PREPARED, Filled("ho", {"goals": "Joint trials."})),
    _of_visit(
        "agenda",
        PREPARED,
        Filled(
            "ho",
            {"form-0-starts": "09:00", "form-0-ends": "10:00", "form-0-title": "Welcome", "form-0-leader": "The host"},
        ),
    ),
    _of_visit("days", "matched", Filled("ho", {"day": "2026-09-29", "mark": "not worked", "reason": "A fair."})),
    _of_visit("move", PREPARED, sends(**_MOVED, reason="A fair.", ask="1", previewed="|".join(_MOVED.values()))),
    Target("visits/moves/<pk>/", "moving", of("move"), relations=TWO),
    _of_visit("copy", PREPARED, Filled("ho", {"first_day": "2026-11-09"})),
    _of_visit("shared-part/copy", PREPARED, Filled("ho", {})),
    _of_visit("remark", PREPARED, Filled("vo", {"text": "Well."})),
    _of_visit("sign", VALIDATED, Filled("hop_coordinator", {"scan": FILE})),
    _of_visit(
        "sign-on-screen",
        VALIDATED,
        sends(listed=lambda sample: sample["ctq"].pk, read=lambda sample: sample["ctq"].pk, sign="on"),
    ),
    Target("visits/scans/<pk>/", VALIDATED, of("paper_scan"), Filled("hop_coordinator", {}), TWO),
    Target("visits/scans/<pk>/result/", VALIDATED, of("paper_scan"), relations=TWO),
    Target("visits/scans/<pk>/file/", VALIDATED, of("paper_scan"), relations=TWO),
    Target("visits/scans/<pk>/pages/<number>/", VALIDATED, _page_one_of("paper_scan"), relations=TWO),
    _of_visit("host-letter", "stayed", Filled("ho", {"file": FILE})),
    Target("exchanges/decisions/", ONGOING),
    Target(
        "exchanges/decisions/evidence/<pk>/",
        ONGOING,
        of("evidence"),
        sends(decision="return", comments="Not legible."),
        EVERY,
    ),
    Target(
        "exchanges/decisions/report/<pk>/",
        REPORTED,
        of("report"),
        sends(decision="return", comments="Which letter?", version_read=_version_of_report),
        EVERY,
    ),
    _document("<pk>/", of("ctq")),
    Target("documents/<pk>/", CLOSED, of("fa"), relations=EVERY, label="agreement's"),
    Target("documents/<pk>/", CLOSED, of("far"), relations=EVERY, label="report's"),
    _document("<pk>/sealed/", of("ctq")),
    Target("documents/<pk>/sealed/", CLOSED, of("fa"), relations=EVERY, label="agreement's"),
    Target("documents/<pk>/sign/", VALIDATED, of("ctq"), sends(read="on"), EVERY),
    Target("documents/<pk>/sign/", VALIDATED, of("fa"), sends(read="on"), EVERY, label="agreement's"),
    Target("documents/<pk>/signed-file/", VALIDATED, of("ctq"), Filled("vop_coordinator", {"file": FILE}), EVERY),
    Target("documents/<pk>/colleague/", VALIDATED, of("ctq"), Filled("vop_coordinator", {}), EVERY),
    _document("<pk>/pages/<number>/", _page_one_of("ctq")),
    Target("documents/<pk>/pages/<number>/", CLOSED, _page_one_of("fa"), relations=EVERY, label="agreement's"),
    *(
        target
        for end in ("/", ".pdf", ".json")
        for target in (
            _document(f"<pk>/audit-trail{end}", of("ctq")),
            Target(f"documents/<pk>/audit-trail{end}", CLOSED, of("fa"), relations=EVERY, label="agreement's"),
        )
    ),
    _document("<pk>/reading-copy/", of("ctq")),
    Target("documents/<pk>/reading-copy/", CLOSED, of("fa"), relations=EVERY, label="agreement's"),
    Target("documents/<pk>/reading-copy/", CLOSED, of("far"), relations=EVERY, label="report's"),
    _document("draft/<kind>/<pk>/", _draft_of("ctq")),
    Target("documents/draft/<kind>/<pk>/", CLOSED, _draft_of("fa"), relations=EVERY, label="agreement's"),
    Target("documents/draft/<kind>/<pk>/", CLOSED, _draft_of("far"), relations=EVERY, label="report's"),
    _document("report/<pk>/paper/", EXCHANGE),
    _document("scan/<pk>/", of("signature")),
    Target("documents/scan/<pk>/", CLOSED, of("fa_signature"), relations=EVERY, label="agreement's"),
    _document("evidence/<pk>/", of("evidence")),
    Target("documents/evidence/<pk>/", CLOSED, of("letter"), relations=EVERY, label="host's letter"),
    _document("evidence/<pk>/pages/<number>/", _page_one_of("evidence")),
    Target("validation/", "handed in"),
    Target(
        "validation/<pk>/",
        "handed in",
        VISIT,
        Filled("so", {"decision": "return shared", "comments": "Who leads?"}),
        TWO,
    ),
    Target("record/", "closed", body=RECORDED),
    Target("record/entries/", "proposed"),
    Target("record/entries/<pk>/", "proposed", of("entry"), relations=EVERY),
    Target(
        "record/entries/<pk>/again/",
        "proposed",
        of("returned_entry"),
        Filled("vop_coordinator", {"source": "Our own files"}),
        EVERY,
    ),
]
