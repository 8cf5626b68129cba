"""How often one may ask and write, for each message goes out as mails: counted in Redis.

Visitors who are not signed in by network address and by mail address; who is known by person, and on a visitor's
question by the question. Kept as a hash, and for an hour.
"""

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from cxc.core.email_addresses import clean_address

_HOUR = 3600
# Questions an hour: from one network address (an office may share one), and to be confirmed at one mail address.
MAX_PER_NETWORK = 10
MAX_PER_ADDRESS = 3
# Messages an hour of one person, or on one visitor's question: two machines that answer each other stop there too.
MAX_MESSAGES = 30


def may_ask(*, network: str, email: str) -> bool:
    """Counts one more; whether that is still within the limits."""
    counts = [(_count("from", network), MAX_PER_NETWORK), (_count("to", clean_address(email)), MAX_PER_ADDRESS)]
    return all(count <= most for count, most in counts)


def may_send(writer: str) -> bool:
    """Counts one more message; whether that is still within the limit. `writer` names a person, or a question."""
    return _count("by", writer) <= MAX_MESSAGES


def _count(kind: str, value: str) -> int:
    digest = salted_hmac("helpdesk.rate_limits", value, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:32]
    key = f"help-{kind}-{digest}"
    cache.add(key, 0, timeout=_HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out in between
        return 1
