"""The addresses of the smaller apps and of `cxc`, and the transition page for each model."""

import json

from cxc.access.personal import principal_key
from cxc.access.scoped import Actor
from tests.access.sample import Sample
from tests.access.targets.target import EVERY, TWO, Target, no_fields, of, saves_view, sends

FIRST, PREPARED, ONGOING, LAST = "proposed", "in preparation", "ongoing", "closed"
BECAUSE = sends(reason="Because.")

# One or two transitions of each model, to try the page; `tests/lifecycles` tries every transition.
TRANSITIONS = [
    ("profiles.profile", "draft", "submit", FIRST, EVERY),
    ("profiles.profile", "submitted", "publish", FIRST, EVERY),
    ("matching.match", "match", "visitor_no", FIRST, EVERY),
    ("matching.match", "match", "withdraw", FIRST, EVERY),
    ("helpdesk.helprequest", "question", "close", FIRST, EVERY),
    ("exchanges.recordedsubmission", "entry", "send_back", FIRST, EVERY),
    ("exchanges.waitinglistentry", "waiting", "leave", FIRST, EVERY),
    ("exchanges.visit", "visit", "delete_visit", "matched", TWO),
    ("exchanges.exchange", "exchange", "ask_to_cancel", PREPARED, EVERY),
    ("exchanges.exchange", "exchange", "back_to_draft", PREPARED, EVERY),
    ("exchanges.visitmove", "move", "withdraw", "moving", TWO),
    ("exchanges.visitmoveconsent", "consent", "agree", "moving", TWO),
    ("exchanges.sharedpart", "shared", "take_back", "handed in", TWO),
    ("exchanges.sharedpart", "shared", "validate", "handed in", TWO),
    ("exchanges.ownpart", "own_part", "take_back", "handed in", EVERY),
    ("exchanges.financialagreement", "agreement", "take_back", "handed in", EVERY),
    ("exchanges.financialagreement", "agreement", "send_back", "handed in", EVERY),
    ("exchanges.evidence", "evidence", "accept", ONGOING, EVERY),
    ("exchanges.evidence", "letter", "send_back", ONGOING, EVERY),
    ("exchanges.finalactivityreport", "report", "accept", "reported", EVERY),
    ("exchanges.finalactivityreport", "report", "send_back", "reported", EVERY),
]


def _transition(kind: str, thing: str, name: str, stage: str, relations: tuple[str, ...]) -> Target:
    return Target(
        "transitions/<kind>/<pk>/<name>/",
        stage,
        lambda sample: (kind, sample[thing].pk, name),
        BECAUSE,
        relations,
        label=f"{kind.partition('.')[2]} {name}" + (" (letter)" if thing == "letter" else ""),
    )


def _draft(_sample: Sample, actor: Actor) -> str:
    named = principal_key(actor)
    return json.dumps({"fields": [["full_name", "Ana"]], "address": "/me/", "base": "", "principal": named})


def _owed(sample: Sample) -> tuple[object, ...]:
    """The to-do of the visitor's Partnership to accept the report."""
    return ("exchanges.finalactivityreport", sample["report"].pk, "answer_far")


def _messages_about(kind: str, thing: str, relations: tuple[str, ...] = EVERY) -> Target:
    return Target(
        "messages/<kind>/<pk>/", PREPARED, lambda sample: (kind, sample[thing].pk), no_fields, relations, label=thing
    )


def _history(kind: str, thing: str, relations: tuple[str, ...] = EVERY) -> Target:
    return Target(
        "history/<kind>/<pk>/", PREPARED, lambda sample: (kind, sample[thing].pk), relations=relations, label=thing
    )


# A bulk run of the visitor's Partnership.
CONFIRMED = sends(reason="The host moved.", preview_key=lambda sample: sample["run"].preview_key)
BULK = {"values": sends(preview="1"), "confirm": CONFIRMED, "discard": no_fields}
PUBLIC = (
    "/",
    "how-it-works/",
    "take-part/",
    "hosts/",
    "accessibility/",
    "privacy/",
    "robots.txt",
    "sitemap.xml",
    "faq/",
    "stories/",
    "emblem.svg",
)
STATISTICS = ("statistics/", "statistics.json", "statistics.csv", "statistics.xlsx", "statistics.pdf")
OLD = {
    "moves/<kind>/<pk>/<name>/": lambda sample: ("exchanges.exchange", sample["exchange"].pk, "cancel"),
    "visits/<pk>/frame/": of("visit"),
    "visits/<pk>/askers/": of("visit"),
    "visits/<pk>/fill/": of("visit"),
    "profiles/<pk>/put-right/<place>/": lambda sample: (sample["visiting"].pk, "address"),
}

TARGETS = [
    *(Target(route, LAST) for route in (*PUBLIC, *STATISTICS)),
    # With a code it names the document that has it, to whoever has the document (docs/proof.md).
    Target("proof/", LAST, body=no_fields),
    Target("statistics/<key>.csv", LAST, lambda _sample: ("months",)),
    Target("take-part/register/", FIRST, body=sends(kind="sme", country="ES", **{"as": "visiting"})),
    Target("dashboard/", LAST),
    Target(
        "dashboard/",
        LAST,
        query=lambda sample: f"partnership={sample.parties.vop.acronym}",
        relations=EVERY,
        label="by name",
    ),
    Target("dashboard/funnel/", LAST),
    Target("dashboard/funnel/", LAST, query="format=csv", label="csv", methods=("GET",)),
    Target(
        "dashboard/funnel/",
        LAST,
        query=lambda sample: f"partnership={sample.parties.vop.acronym}",
        relations=EVERY,
        label="by name",
    ),
    Target("dashboard/late/", LAST, body=saves_view),
    Target("dashboard/late/", LAST, query="format=csv", label="csv", methods=("GET",)),
    Target("help/", FIRST, body=sends(subject="When?", text="By when?", name="Ana", email="ana@test.example")),
    Target("help/questions/", FIRST),
    Target("help/questions/<pk>/", FIRST, of("question"), sends(text="And then?"), EVERY),
    Target("help/questions/<pk>/files/<message>/", FIRST, of("question", "message"), relations=EVERY),
    Target("help/mine/<secret>/", FIRST, lambda sample: (sample["visitor_question"].secret,), no_fields, EVERY),
    Target("todo/", LAST),
    Target("todo/", FIRST, label="proposed"),
    Target("todo/<kind>/<pk>/<code>/remind/", "reported", _owed, no_fields, EVERY),
    *(Target(f"bulk/<pk>/{end}/", PREPARED, of("run"), body, EVERY) for end, body in BULK.items()),
    Target("bulk/<pk>/", PREPARED, of("run"), relations=EVERY),
    Target("bulk/<pk>/", PREPARED, of("run"), relations=EVERY, query="format=csv", label="csv"),
    Target("saved-views/<pk>/", FIRST, of("view"), sends(name="Ours"), EVERY),
    Target("saved-views/<list_name>/", FIRST, lambda _sample: ("exchanges",)),
    Target("search/", LAST, query="q=visit"),
    Target("search/options/", LAST, body=sends(q="visit")),
    _messages_about("exchanges.exchange", "exchange"),
    _messages_about("exchanges.visit", "visit", TWO),
    _messages_about("matching.match", "match"),
    _messages_about("profiles.profile", "visiting"),
    _history("exchanges.exchange", "exchange"),
    _history("exchanges.visit", "visit", TWO),
    _history("matching.match", "match"),
    _history("profiles.profile", "visiting"),
    Target("form-drafts/", FIRST, body=_draft),
    Target("form-drafts/discard/", FIRST, body=sends(address="/me/")),
    Target("confirmed/", FIRST),
    Target("components/", FIRST, body=no_fields),
    Target("components/confirm/", FIRST, body=no_fields),
    Target("health/", FIRST),
    *(Target(route, FIRST) for route in ("metrics", "metrics/")),
    *(Target(f"health/{probe}", FIRST) for probe in ("live", "live/", "ready", "ready/", "pages/")),
    *(Target(route, LAST, arguments, relations=EVERY) for route, arguments in OLD.items()),
    *(_transition(*each) for each in TRANSITIONS),
]
