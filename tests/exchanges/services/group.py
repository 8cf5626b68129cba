"""A grouped visit of three: two visitors under the lead, one under another Partnership."""

from dataclasses import dataclass

from exchanges.models import CtqVersion, Exchange, OwnPart, SharedPart, Visit
from tests.factories import people
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle


@dataclass
class Group:
    """The casts of the three visitors and their exchanges, in order of joining."""

    casts: list[Parties]
    exchanges: list[Exchange]

    @property
    def c(self) -> Parties:
        return self.casts[0]

    @property
    def visit(self) -> Visit:
        return Visit.objects.get(pk=self.exchanges[0].visit_id)

    @property
    def shared(self) -> SharedPart:
        return SharedPart.objects.get(visit=self.visit)

    def own(self, number: int) -> OwnPart:
        return OwnPart.objects.get(exchange=self.exchanges[number])

    def own_states(self) -> list[str]:
        return [self.own(number).state for number in range(len(self.exchanges))]


def grouped() -> Group:
    """Three exchanges in preparation on one visit; no paper written yet."""
    c = usual_parties()
    first = lifecycle.in_preparation(c)
    casts = [c, with_another_visitor(c), with_another_visitor(c, vop=people.partnership("FR"))]
    return Group(casts, [first, *(lifecycle.joined(cast, first.visit) for cast in casts[1:])])


def signed_group() -> Group:
    """All three CTQs and agreements signed."""
    group = grouped()
    for cast, exchange in zip(group.casts, group.exchanges, strict=True):
        lifecycle.signed_documents(cast, exchange)
    return group


def numbers(exchange: Exchange) -> list[tuple[int, int, int, bool]]:
    """Number, shared and own version, editorial: of every version of a CTQ."""
    rows = CtqVersion.objects.filter(exchange=exchange).order_by("number")
    return list(rows.values_list("number", "shared_version", "own_version", "is_editorial"))
