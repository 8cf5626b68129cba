"""A grouped visit of three: two visitors under the lead, one under another Partnership."""

from dataclasses import dataclass

from exchanges.models import DocumentVersion, Exchange, OwnPart, SharedPart, Visit
from tests.factories import people
from tests.factories.cache import cached
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle


@dataclass
class Group:
    """The parties of each of the three visitors and their exchanges, in order of joining."""

    parties_of_visitors: list[Parties]
    exchanges: list[Exchange]

    @property
    def parties(self) -> Parties:
        return self.parties_of_visitors[0]

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


@cached
def grouped() -> Group:
    """Three exchanges in preparation on one visit; no paper written yet."""
    parties = usual_parties()
    first = lifecycle.in_preparation(parties)
    parties_of_visitors = [
        parties,
        with_another_visitor(parties),
        with_another_visitor(parties, vop=people.partnership("FR")),
    ]
    return Group(
        parties_of_visitors,
        [first, *(lifecycle.joined(visitor_parties, first.visit) for visitor_parties in parties_of_visitors[1:])],
    )


@cached
def signed_group() -> Group:
    """All three CTQs and agreements signed."""
    group = grouped()
    for visitor_parties, exchange in zip(group.parties_of_visitors, group.exchanges, strict=True):
        lifecycle.signed_documents(visitor_parties, exchange)
    return group


def numbers(exchange: Exchange) -> list[tuple[int, int, int, bool]]:
    """Number, shared and own version, editorial: of every version of a CTQ."""
    rows = DocumentVersion.objects.filter(exchange=exchange, kind="ctq").order_by("number")
    return list(rows.values_list("number", "shared_version", "part_version", "is_editorial"))
