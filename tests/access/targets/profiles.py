"""The addresses of `profiles`."""

from collections.abc import Callable

from cxc.access.scoped import Actor
from tests.access.sample import Sample
from tests.access.targets.target import (
    EVERY,
    FILE,
    TWO,
    Filled,
    Target,
    no_fields,
    of,
    saves_view,
    sends,
)
from tests.factories.clients import principal_key
from tests.factories.people import generation

FIRST, LAST = "proposed", "closed"


def visitor(sample: Sample) -> tuple[object, ...]:
    return (sample.parties.visitor.pk,)


def host(sample: Sample) -> tuple[object, ...]:
    return (sample.parties.host.pk,)


def vop(sample: Sample) -> tuple[object, ...]:
    return (sample.parties.vop.pk,)


def _in_team(where: Callable[[Sample], tuple[object, ...]], thing: str) -> Callable[[Sample], tuple[object, ...]]:
    return lambda sample: (*where(sample), sample[thing].pk)


def _own_principal(_sample: Sample, actor: Actor) -> dict[str, str]:
    return {"principal": principal_key(actor)}


def _step(sample: Sample) -> tuple[object, ...]:
    return (sample["draft"].pk, "exchange")


NEW_ORGANISATION = {
    "legal_name": "A new organisation",
    "kind": "sme",
    "country": "ES",
    "street": "Street 1",
    "postal_code": "1000",
    "city": "City",
    "registration_number": "N1",
    "sector": "13",
    "cluster": "Cluster ES",
}
INVITED = {"email": "somebody.new@test.example", "role": "reader"}


def _on_behalf(_sample: Sample, _actor: Actor) -> dict[str, object]:
    more = {"owner_email": "owner.new@test.example", "profile_kind": "visiting", "generation": generation().pk}
    return {**NEW_ORGANISATION, **more}


def _published(sample: Sample, _actor: Actor) -> dict[str, str]:
    return {f"profile-{sample['submitted'].pk}-choice": "publish"}


def _step_page(sample: Sample) -> str:
    return f"/profiles/{sample['draft'].pk}/edit/exchange/"


TARGETS = [
    Target("welcome/", FIRST),
    Target("acting/", FIRST, body=_own_principal),
    Target("language/", FIRST, body=sends(language="fr", next="/")),
    Target("me/", FIRST, body=Filled("vo", {"full_name": "Somebody Else"})),
    Target("me/weekly-mail/", FIRST, body=no_fields),
    Target("me/calendar/", FIRST, body=no_fields),
    Target("me/sessions/", FIRST, body=no_fields),
    Target("me/forget/", FIRST, body=sends(sure="on")),
    Target(
        "me/weekly-mail/stop/<key>/", FIRST, lambda sample: (sample["preferences"].unsubscribe_key,), no_fields, EVERY
    ),
    Target("calendar/<key>.ics", LAST, lambda sample: (sample["preferences"].calendar_key,), relations=EVERY),
    Target("invitations/<secret>/", FIRST, lambda sample: (sample["invitation"].secret,), no_fields, EVERY),
    Target("organisations/new/", FIRST, body=sends(**NEW_ORGANISATION)),
    Target("organisations/on-behalf/", FIRST, body=_on_behalf),
    Target(
        "organisations/join/", FIRST, body=sends(legal_name=lambda sample: sample.parties.host.legal_name, country="BE")
    ),
    Target(
        "organisations/<pk>/requests/<request_pk>/",
        FIRST,
        _in_team(visitor, "membership_request"),
        sends(role="reader", accept="1"),
        EVERY,
    ),
    Target("organisations/mine/", FIRST),
    Target("organisations/<pk>/", FIRST, visitor, relations=EVERY, label="visitor, proposed"),
    Target("organisations/<pk>/", LAST, visitor, relations=EVERY, label="visitor"),
    Target("organisations/<pk>/", LAST, host, relations=TWO, label="host"),
    Target("organisations/<pk>/edit/", FIRST, visitor, Filled("vo", {"mission": "To weave."}), EVERY),
    Target(
        "organisations/<pk>/identity/", FIRST, visitor, Filled("vo", {"kind": "support", "reason": "We grew."}), EVERY
    ),
    Target("organisations/<pk>/cluster/", FIRST, visitor, sends(cluster="Cluster BE"), EVERY),
    Target(
        "clusters/requests/<pk>/",
        FIRST,
        of("cluster_request"),
        sends(decision="refuse", reason="Not known.", name="Cluster", country="ES"),
        TWO,
    ),
    Target(
        "organisations/<pk>/exception/",
        FIRST,
        host,
        Filled(
            "so",
            {
                "generation": lambda sample: generation().pk,
                "approved_by": "The head",
                "approved_on": "2026-09-01",
                "file": FILE,
            },
        ),
        TWO,
    ),
    Target("exceptions/<pk>/file/", FIRST, of("exception"), relations=EVERY),
    Target("partnerships/", FIRST),
    Target("partnerships/mine/", FIRST),
    Target("partnerships/<pk>/", FIRST, vop, relations=EVERY),
    Target("partnerships/<pk>/contract-details/", FIRST, vop, Filled("vop_coordinator", {"street": "Square 2"}), EVERY),
    Target("profiles/", LAST, body=sends(action="profile-archive", all="1")),
    Target("profiles/", LAST, body=saves_view, label="saved view", methods=("POST",)),
    *(Target("profiles/", LAST, query=f"format={kind}", label=kind, methods=("GET",)) for kind in ("csv", "xlsx")),
    Target(
        "profiles/new/",
        FIRST,
        body=Filled(
            "vo", {"organisation": lambda sample: sample.parties.visitor.pk, "kind": "visiting", "start_anyway": "1"}
        ),
    ),
    Target("profiles/review/", FIRST, body=_published, relations=EVERY),
    Target("profiles/<pk>/", FIRST, of("visiting"), relations=EVERY, label="visiting, proposed"),
    Target("profiles/<pk>/", LAST, of("visiting"), relations=EVERY, label="visiting"),
    Target(
        "profiles/<pk>/",
        LAST,
        of("visiting"),
        relations=EVERY,
        query="quick_look=1",
        label="quick look",
        methods=("GET",),
    ),
    Target("profiles/<pk>/", FIRST, of("draft"), relations=EVERY, label="draft"),
    Target("profiles/<pk>/reassign/", FIRST, of("draft"), Filled("so", {"reason": "Nearer."}), EVERY),
    Target(
        "profiles/<pk>/copy/",
        FIRST,
        of("visiting"),
        lambda _sample, _actor: {"generation": generation("next").pk},
        EVERY,
    ),
    Target("profiles/<pk>/brochure/", FIRST, of("visiting"), relations=EVERY),
    Target("profiles/<pk>/submit/", FIRST, of("draft"), no_fields, EVERY),
    Target("profiles/<pk>/edit/<slug>/", FIRST, _step, Filled("vo", {"title": "Looms"}), EVERY),
    Target("profiles/<pk>/edit/<slug>/save/", FIRST, _step, Filled("vo", {"title": "Looms"}, page=_step_page), EVERY),
    Target("organisations/<pk>/members/", FIRST, visitor, relations=EVERY),
    Target("organisations/<pk>/members/signatures/", FIRST, visitor, sends(are_joint="on"), EVERY),
    Target("organisations/<pk>/members/invite/", FIRST, visitor, sends(**INVITED), EVERY),
    Target(
        "organisations/<pk>/members/<membership>/", FIRST, _in_team(visitor, "membership"), sends(role="reader"), EVERY
    ),
    Target(
        "organisations/<pk>/members/<membership>/remove/",
        FIRST,
        _in_team(visitor, "membership"),
        no_fields,
        EVERY,
    ),
    Target("organisations/<pk>/invitations/<invitation>/", FIRST, _in_team(visitor, "invitation"), no_fields, EVERY),
    Target("partnerships/<pk>/members/", FIRST, vop, relations=EVERY),
    Target("partnerships/<pk>/members/signatures/", FIRST, vop, sends(are_joint="on"), EVERY),
    Target("partnerships/<pk>/members/invite/", FIRST, vop, sends(**INVITED), EVERY),
    Target(
        "partnerships/<pk>/members/<membership>/",
        FIRST,
        _in_team(vop, "vop_membership"),
        sends(role="coordinator"),
        EVERY,
    ),
    Target("partnerships/<pk>/members/<membership>/remove/", FIRST, _in_team(vop, "vop_membership"), no_fields, EVERY),
    Target("partnerships/<pk>/invitations/<invitation>/", FIRST, _in_team(vop, "vop_invitation"), no_fields, EVERY),
]
