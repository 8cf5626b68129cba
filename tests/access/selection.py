"""Which requests of the matrix a normal test run sends: each line and outcome by one role of those that act alike."""

from collections.abc import Mapping

from tests.access.survey import Line
from tests.access.tables import Key, Outcomes
from tests.access.targets.support_office import TABLE

NOBODY, SUPPORT_OFFICE = "nobody", "Support Office"
ROLES_OF_ONE_PRINCIPAL = (
    ("visitor's owner", "visitor's editor", "visitor's reader", "visitor's signatory"),
    ("host's owner", "host's reader"),
    ("VOP", "VOP's reader"),
)


def relations_to_try(line: Line, role: str, known: Mapping[Key, Outcomes]) -> tuple[str, ...]:
    """The relation that the role tries, if any: the roles that act alike try one relation each, in turn.

    Each line begins with another role and another relation, so that all of them occur.
    """
    outcomes = known.get(line.key, {})
    if role not in outcomes:
        return line.relations[:1]
    alike = _roles_alike(line, role, outcomes)
    start = sum(map(ord, "".join(line.key)))
    turn = (start + alike.index(role)) % len(alike)
    if turn >= len(line.relations):
        return ()
    first = start + list(outcomes).index(alike[0])
    return (line.relations[(first + turn) % len(line.relations)],)


def _roles_alike(line: Line, role: str, outcomes: Outcomes) -> list[str]:
    """The roles of which one is tried for all, this one among them."""
    if line.table == TABLE:
        return [role] if role == SUPPORT_OFFICE else [each for each in outcomes if each != SUPPORT_OFFICE]
    if role != NOBODY and _is_same_for_all(line, outcomes):
        return [each for each in outcomes if each != NOBODY]
    of_principal = next((roles for roles in ROLES_OF_ONE_PRINCIPAL if role in roles), (role,))
    return [each for each in of_principal if outcomes.get(each) == outcomes[role]]


def _is_same_for_all(line: Line, outcomes: Outcomes) -> bool:
    """Whether it makes no difference who is signed in: public pages, wrong methods, and what everybody may do.

    Not for pages that only the signed-in read, because they show different records to each.
    """
    signed_in = {each for role, by_relation in outcomes.items() if role != NOBODY for each in by_relation.values()}
    public = set(outcomes[NOBODY].values())
    return len(signed_in) == 1 and (line.method == "POST" or signed_in == {"method"} or public == signed_in)
