"""How often one network address may ask for the proof of a document: counted in Redis for an hour, as a hash."""

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

_HOUR = 3600
# An office may share one address. A file that is sent is read by a process of its own, a hash or a code is one query.
MAX_LOOKUPS = 200
MAX_FILES = 30


def may_look_up(network: str) -> bool:
    """Counts one more hash or code; whether that is still within the limit."""
    return _count("lookup", network) <= MAX_LOOKUPS


def may_send_file(network: str) -> bool:
    """Counts one more file; whether that is still within the limit."""
    return _count("file", network) <= MAX_FILES


def _count(kind: str, network: str) -> int:
    digest = salted_hmac("public.rate_limits", network, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:32]
    key = f"proof-{kind}-{digest}"
    cache.add(key, 0, timeout=_HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out in between
        return 1
