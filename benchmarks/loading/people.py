"""Who uses the portal, and what they open: people of the demo world, signed in, with pages that they may see.

Runs inside the portal (`manage shell`), which knows them; the benchmark itself only asks over HTTP.
"""

import json
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.auth import SESSION_KEY as PERSON_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from cxc.access.personal import principal_key
from cxc.access.scoped import Actor, Principal
from exchanges.models import Exchange, Visit
from matching.models import Match
from matching.queries.catalogue import has_catalogue_access, listed_profiles
from profiles.models import Profile, User
from profiles.queries.principals import SESSION_KEY, actor_of, available_principals

PEOPLE = 200
# How often each page is opened, of a hundred, by whoever has it: the first page and the things that one works on most.
MIX = {
    "todo": 20,
    "exchange": 18,
    "exchanges": 10,
    "visit": 8,
    "match": 8,
    "catalogue": 7,
    "catalogue-profile": 6,
    "profile": 5,
    "matches": 4,
    "visits": 3,
    "profiles": 3,
    "dashboard": 3,
    "site_search": 3,
    "statistics": 1,
    "me": 1,
}
THINGS_EACH = 10


def write_people(file: str) -> None:
    """One entry for each: the session's cookie, and the pages with how often they are opened.

    Each acts for one body. Who is fewer than 200 comes several times, each time with a session of its own.
    """
    actors = [actor for user in User.objects.filter(is_active=True).order_by("pk") for actor in actors_of(user)]
    known = {id(actor): _pages(actor) for actor in actors}
    taken = islice(cycle([actor for actor in actors if known[id(actor)]]), PEOPLE)
    people = [{"session": session_of(actor), "pages": known[id(actor)]} for actor in taken]
    Path(file).write_text(json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "people": people}))


def actors_of(user: User) -> Iterator[Actor]:
    """This person, acting for each body in turn."""
    for one in available_principals(user):
        yield actor_of(user, one.key)


def session_of(actor: Actor) -> str:
    """The key of a new session in which this person acts for this body."""
    assert actor.user is not None
    session = SessionStore()
    session[PERSON_KEY] = str(actor.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = actor.user.get_session_auth_hash()
    session[SESSION_KEY] = principal_key(actor)
    session.create()
    return str(session.session_key)


def _pages(actor: Actor) -> list[dict[str, Any]]:
    return [
        {"name": name, "weight": weight, "addresses": addresses}
        for name, weight in MIX.items()
        if (addresses := _addresses(name, actor))
    ]


def _addresses(name: str, actor: Actor) -> list[str]:
    """Those of this page that the actor may open."""
    things: dict[str, Callable[[], Any]] = {
        "exchange": lambda: Exchange.objects.visible_to(actor),
        "visit": lambda: Visit.objects.visible_to(actor),
        "match": lambda: Match.objects.visible_to(actor),
        "profile": lambda: Profile.objects.visible_to(actor),
        "catalogue-profile": lambda: listed_profiles(actor),
    }
    if name in things:
        ids = things[name]().order_by("-pk").values_list("pk", flat=True)[:THINGS_EACH]
        return [reverse(name, args=[pk]) for pk in ids]
    if name == "catalogue" and not has_catalogue_access(actor):
        return []
    if name == "dashboard" and actor.principal is Principal.ORGANISATION:
        return []
    query = "?q=studio" if name == "site_search" else ""
    return [reverse(name) + query]
