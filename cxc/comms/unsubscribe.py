"""Stopping a mail that comes by itself: by the key that is in it, with one button, nobody signs in (RFC 8058)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Subscription:
    """A mail that somebody can stop.

    name      what it is the mail of; `description` say what it tells
    stopped   what to say once it is stopped: where it is turned on again
    """

    name: Any
    description: Any
    stopped: Any
    is_on: bool
    stop: Callable[[], None]


def unsubscribe_page(request: HttpRequest, mail: Subscription) -> HttpResponse:
    """One button, for people and for mail programs. The view around it is public and `csrf_exempt`: the key counts."""
    is_on = mail.is_on
    if request.method == "POST":
        mail.stop()
        is_on = False
    return render(request, "mail/unsubscribe.html", {"mail": mail, "is_on": is_on})
