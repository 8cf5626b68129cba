"""The bulk actions on matches."""

from cxc.bulk.actions import by_transition, register

MATCH = "matching.match"

register(
    by_transition(MATCH, "withdraw"),
    by_transition(MATCH, "cancel"),
    by_transition(MATCH, "reopen"),
)
