"""How often one may ask and write, for each message goes out as mails. Rates: `cxc.settings.limits`.

Visitors who are not signed in by network address and by mail address; who is known by person, and on a visitor's
question by the question.
"""

from cxc.access.rate_limits import seconds_to_wait
from cxc.core.email_addresses import clean_address


def may_ask(*, network: str, email: str) -> bool:
    """Counts one more; whether that is still within the limits."""
    waits = [
        seconds_to_wait("question_by_network", network),
        seconds_to_wait("question_by_address", clean_address(email)),
    ]
    return not any(waits)


def may_send(writer: str) -> bool:
    """Counts one more message; whether that is still within the limit. `writer` names a person, or a question."""
    return not seconds_to_wait("message", writer)
