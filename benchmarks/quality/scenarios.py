"""The worlds that the ranking is tried in: what people there really care for, and how well their profiles say it."""

from dataclasses import dataclass, field

ASPECTS = ("topics", "sectors", "types", "languages", "countries", "period", "matters")


@dataclass(frozen=True)
class Scenario:
    """One kind of world.

    cares         how much each aspect counts on average; `matters` is the fine detail of a topic, that no list holds
    alike         how alike people are in what they care for: the higher, the more alike
    complete      how likely a true wish or offer is ticked
    spurious      ticks that mean nothing, as a share of the true ones
    words         length of a text
    telling       share of its words that come from what the organisation does and seeks
    chemistry     how much of what two make of each other can't be known from anything
    one_sided     only the visitor's side counts
    says_what     holders say what matters to them
    """

    name: str
    cares: dict[str, float] = field(default_factory=dict)
    alike: float = 12.0
    complete: float = 0.7
    spurious: float = 0.2
    words: int = 85
    telling: float = 0.4
    chemistry: float = 0.5
    one_sided: bool = False
    says_what: bool = False

    def cares_for(self, aspect: str) -> float:
        usual = {
            "topics": 3.0,
            "sectors": 2.0,
            "types": 1.0,
            "languages": 1.0,
            "countries": 0.7,
            "period": 0.7,
            "matters": 2.0,
        }
        return self.cares.get(aspect, usual[aspect])


SCENARIOS = (
    Scenario("mixed"),
    Scenario("topics matter", {"topics": 8.0, "matters": 1.0}),
    Scenario("sectors matter", {"sectors": 8.0, "matters": 1.0}),
    Scenario("texts tell more than lists", {"matters": 7.0}, complete=0.4, telling=0.5),
    Scenario("noisy lists", complete=0.6, spurious=1.0),
    Scenario("sparse profiles", complete=0.35, spurious=0.1, words=25),
    Scenario("empty talk", words=60, telling=0.12),
    Scenario("practical matters", {"languages": 4.0, "countries": 3.0, "period": 4.0, "types": 3.0}),
    Scenario("own wishes only matter", one_sided=True),
    Scenario("holders say what matters", alike=2.0, says_what=True),
)
