"""Rate limits of views: a table (`settings.RATE_LIMITS`) and a decorator.

Counted by person, and where nobody is signed in by network address, on real time, in Redis; while that is away each web
process counts by itself. Signing in has limits of its own (`profiles.sign_in_limits`). Rule: docs/production.md, Rate
limits.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_resolver
from django.utils.crypto import salted_hmac

View = Callable[..., HttpResponseBase]


def rate_limited(name: str) -> Callable[[View], View]:
    """The view answers 429, with the minutes to wait, to whoever goes past the limit of this name.

    Goes beneath `signed_in` or `public`. Where the limit is for sending (`posts_only`), reading is not counted.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" or not settings.RATE_LIMITS[name].posts_only:
                seconds = seconds_to_wait(name, _who(request))
                if seconds:
                    return _too_many(request, seconds)
            return view(request, *args, **kwargs)

        guarded.rate_limit = name  # type: ignore[attr-defined]
        return guarded

    return decorator


def seconds_to_wait(name: str, who: str) -> int:
    """Counts one more; 0 within the limit, else the seconds until somebody may try again.

    who  a person, an address, or whatever else is counted apart; stored as a hash
    """
    rate, now = settings.RATE_LIMITS[name], int(time.time())  # clock: real time, on which limits count
    period, passed = divmod(now, rate.seconds)
    digest = salted_hmac("cxc.access.rate_limits", who, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:32]
    return rate.seconds - passed if _count(f"rate-{name}-{period}-{digest}", rate.seconds) > rate.most else 0


def _too_many(request: HttpRequest, seconds: int) -> HttpResponseBase:
    """The page that `handler429` of the portal's addresses makes."""
    handler: Callable[..., HttpResponseBase] = get_resolver().resolve_error_handler(429)
    return handler(request, seconds)


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"person-{request.user.pk}"
    return f"network-{get_adapter().get_client_ip(request)}"


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out in between
        return 1
