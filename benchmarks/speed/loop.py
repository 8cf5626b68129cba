"""A plain Python loop over everybody: all profiles, links and texts are loaded beforehand, which is not counted."""

from collections import defaultdict

from benchmarks.speed import plain
from benchmarks.speed.orm import LINKS, PLAIN, Orm, ProfileText
from benchmarks.speed.plain import Facts
from cxc import clock
from matching.enums import MatchState
from matching.models import HiddenProfile, Match, Priorities
from profiles.models import Profile


class Loop:
    """Everything the score asks, in memory as sets; each ask looks at everybody."""

    def __init__(self, orm: Orm) -> None:
        self.orm = orm
        links = {name: self._links(name, column) for name, column in LINKS.items()}
        texts = {row[0]: row[1:] for row in ProfileText.objects.values_list("profile", "vector", "square")}
        priorities = {row.profile_id: row for row in Priorities.objects.all()}
        today = clock.today()
        open_now = Profile.objects.published().filter(
            eligibility_confirmed_at__isnull=False, partnership__participations__last_day__gte=today
        )
        self.everybody: dict[int, Facts] = {}
        self.hosts: list[Facts] = []
        rows = open_now.order_by("pk").values_list(*PLAIN, "kind", "places")
        held = self._held()
        for *row, kind, places in rows.iterator(10_000):
            number = row[0]
            codes = [links[name].get(number, ()) for name in LINKS]
            facts = orm.facts((*row, *codes, *texts.get(number, (None, 0))), priorities)
            self.everybody[number] = facts
            if kind == "host" and held[number] < places:
                self.hosts.append(facts)
        self.hidden = set(HiddenProfile.objects.values_list("profile_id", "other_id"))

    @staticmethod
    def _links(name: str, column: str) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for number, code in getattr(Profile, name).through.objects.values_list("profile_id", column).iterator(50_000):
            found[number].append(code)
        return found

    @staticmethod
    def _held() -> dict[int, int]:
        found: dict[int, int] = defaultdict(int)
        held = Match.objects.filter(state=MatchState.CONFIRMED, place_until=None)
        for host in held.values_list("host_profile_id", flat=True):
            found[host] += 1
        return found

    def best(self, visitor: int, number: int = 10) -> list[tuple[int, float]]:
        """The best hosts of a visitor: number and score."""
        me = self.everybody.get(visitor)
        if me is None:
            return []
        met = self.orm.met(visitor)
        found = []
        for other in self.hosts:
            if (
                other.first <= me.last
                and me.first <= other.last
                and other.country != me.country
                and other.organisation != me.organisation
                and self.orm.is_admissible(me, other, met.get(other.number, set()))
                and (visitor, other.number) not in self.hidden
            ):
                alike = plain.product(me, other)
                found.append((other.number, plain.score(me, other, self.orm.levels, alike, self.orm.scale)))
        return sorted(found, key=lambda one: (-one[1], one[0]))[:number]
