"""How often somebody may try to sign in; django-allauth counts, on real time. Rates: `cxc.settings.limits`.

Wrong passwords count by account together with network address, and by account alone, each with a wait that grows: a
guesser is stopped, the person whose account it is signs in from elsewhere, and so do the fifty colleagues behind the
same address. By address alone only what no office does is stopped: guessing at many accounts.
"""

import math
import time

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import Rate, RateLimitUsage
from django.core.cache import cache
from django.http import HttpRequest

from cxc.core.email_addresses import clean_address

_APP = "allauth.account"


def consume(request: HttpRequest, email: str) -> RateLimitUsage | None:
    """Count one more try, to be taken back when the password was right; None where it is one too many."""
    found = RateLimitUsage(usage=[])
    for action, key in _counted(request, email):
        one = ratelimit.consume(request, app=_APP, action=action, key=key)
        if one is None:
            found.rollback()
            return None
        found.usage += one.usage
    return found


def minutes_to_wait(request: HttpRequest, email: str) -> int:
    """After how many minutes another try is free; at least 1."""
    waits = [
        _seconds(cache.get(ratelimit.get_cache_key(request, app=_APP, action=action, rate=rate, key=key), []), rate)
        for action, key in _counted(request, email)
        for rate in ratelimit.get_rates(app=_APP, action=action)
    ]
    return max(1, math.ceil(max(waits, default=0) / 60))


def reset(request: HttpRequest, email: str) -> None:
    """Reset the count of wrong passwords of a person who has set a new one."""
    for action, key in _counted(request, email):
        if action != "login_failed_by_address":
            ratelimit.clear(request, app=_APP, action=action, key=key)


def _counted(request: HttpRequest, email: str) -> list[tuple[str, str]]:
    account = clean_address(email)
    return [
        ("login_failed", f"{account} {ratelimit.get_ip(request)}"),
        ("login_failed_from_anywhere", account),
        ("login_failed_by_address", ""),
    ]


def _seconds(history: list[float], rate: Rate) -> float:
    """Until the oldest of the tries counted, the last in the list, is forgotten; 0 while there are not too many."""
    if len(history) < rate.amount:
        return 0
    return history[-1] + rate.duration - time.time()  # clock: real time, on which django-allauth counts
