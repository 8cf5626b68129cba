"""The addresses of `matching`."""

from tests.access.sample import Sample
from tests.access.targets.target import EVERY, TWO, Filled, Target, no_fields, of, saves_view, sends

FIRST, LAST = "proposed", "closed"


def _pair(act: str) -> object:
    return lambda sample: (sample["plan"].pk, sample["pair"].pk, act)


def _choose(sample: Sample) -> tuple[object, ...]:
    return (sample["plan"].pk, sample["visiting"].pk)


def _outside(sample: Sample) -> tuple[object, ...]:
    return (sample["match"].pk, "visitor")


TARGETS = [
    Target("catalogue/", FIRST),
    Target("catalogue/<pk>/", FIRST, of("visiting"), relations=EVERY, label="visiting, proposed"),
    Target("catalogue/<pk>/", LAST, of("visiting"), relations=EVERY, label="visiting"),
    Target("catalogue/<pk>/", LAST, of("host"), relations=TWO, label="host"),
    Target("catalogue/<pk>/file/", FIRST, of("visiting"), relations=EVERY, label="visiting, proposed"),
    Target("catalogue/<pk>/file/", LAST, of("visiting"), relations=EVERY, label="visiting"),
    Target("catalogue/<pk>/file/", LAST, of("host"), relations=TWO, label="host"),
    Target("catalogue/<pk>/propose/", FIRST, of("host"), Filled("vo", {"modality": "virtual"}), TWO),
    Target("catalogue/<pk>/bookmark/", FIRST, of("visiting"), sends(on="1"), EVERY),
    Target(
        "catalogue/<pk>/not-for-me/",
        FIRST,
        of("host"),
        lambda sample, _actor: {"on": "1", "for": sample["visiting"].pk},
        TWO,
    ),
    Target("catalogue/not-for-me/", FIRST),
    Target("catalogue/searches/", FIRST),
    Target("catalogue/searches/save/", FIRST, body=sends(name="Looms", query="kind=host")),
    Target("catalogue/searches/<pk>/", FIRST, of("search"), sends(name="Ports"), EVERY),
    Target(
        "catalogue/searches/stop/<key>/", FIRST, lambda sample: (sample["search"].unsubscribe_key,), no_fields, EVERY
    ),
    Target("bench/", FIRST),
    Target("bench/plans/", FIRST),
    Target("bench/plans/new/", FIRST, body=Filled("vop_coordinator", {"modality": "virtual"})),
    Target("bench/plans/<pk>/", FIRST, of("plan"), relations=EVERY),
    Target(
        "bench/plans/<pk>/send/",
        FIRST,
        of("plan"),
        Filled("vop_coordinator", page=lambda sample: f"/bench/plans/{sample['plan'].pk}/"),
        EVERY,
    ),
    Target("bench/plans/<pk>/discard/", FIRST, of("plan"), no_fields, EVERY),
    Target("bench/plans/<pk>/pairs/<pair>/<act>/", FIRST, _pair("remove"), no_fields, EVERY),
    Target("bench/plans/<pk>/partner-for/<profile>/", FIRST, _choose, Filled("vop_coordinator"), EVERY),
    Target("best-matches/", FIRST),
    Target("best-matches/<pk>/", FIRST, of("visiting"), relations=EVERY),
    Target(
        "best-matches/<pk>/what-matters/",
        FIRST,
        of("visiting"),
        Filled("vo", page=lambda sample: f"/best-matches/{sample['visiting'].pk}/"),
        EVERY,
    ),
    Target("matches/", LAST, body=sends(action="match-cancel", all="1")),
    Target("matches/", LAST, body=saves_view, label="saved view", methods=("POST",)),
    *(Target("matches/", LAST, query=f"format={kind}", label=kind, methods=("GET",)) for kind in ("csv", "xlsx")),
    Target("matches/<pk>/", FIRST, of("match"), relations=EVERY, label="proposed"),
    Target("matches/<pk>/", LAST, of("match"), relations=EVERY),
    Target(
        "matches/<pk>/", LAST, of("match"), relations=EVERY, query="quick_look=1", label="quick look", methods=("GET",)
    ),
    Target(
        "matches/<pk>/yes-given-outside/<which>/",
        FIRST,
        _outside,
        Filled(
            "vop_coordinator", {"visitor-how": "By telephone."}, page=lambda sample: f"/matches/{sample['match'].pk}/"
        ),
        EVERY,
    ),
]
