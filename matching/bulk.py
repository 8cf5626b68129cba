"""What can be done with many matches at once."""

from cxc.bulk.actions import by_transition, register

MATCH = "matching.match"

register(
    by_transition(MATCH, "withdraw"),
    by_transition(MATCH, "cancel"),
    by_transition(MATCH, "reopen"),
)
