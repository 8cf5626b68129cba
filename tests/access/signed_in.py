"""Reads a session, its person and what they act for once a stage, not at each request.

They do not change within a stage, because each request is rolled back.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.test import override_settings

from cxc.access.scoped import Actor
from profiles import middleware
from profiles.models import User
from profiles.queries import principals

DAY = 86_400  # seconds


@contextmanager
def read_once() -> Iterator[None]:
    """Within the block each of these is read from the database at the first request of a person.

    Nobody has to confirm again who they are, though a stage may take longer than that is good for; and that a session
    is in use is not noted, which each rolled back request would do anew.
    """
    load, get_user = _memory(SessionStore.load), _memory(ModelBackend.get_user)
    actor_of = _memory(principals.actor_of)

    def its_actor(user: User, key: str) -> Actor:
        return replace(actor_of((user.pk, key), user, key), user=user)

    with (
        patch.object(SessionStore, "load", lambda store: deepcopy(load(store.session_key, store))),
        patch.object(ModelBackend, "get_user", lambda backend, pk: copy(get_user(pk, backend, pk))),
        patch.object(middleware, "actor_of", its_actor),
        patch.object(middleware, "SECONDS_BETWEEN_NOTES", float("inf")),
        override_settings(IDENTITY_CONFIRMED_SECONDS=DAY, ACCOUNT_REAUTHENTICATION_TIMEOUT=DAY),
    ):
        yield


def _memory(read: Callable[..., Any]) -> Callable[..., Any]:
    """What `read` found for a key; that it found nothing is not kept."""
    known: dict[object, Any] = {}

    def from_memory(key: object, *arguments: Any) -> Any:
        if not known.get(key):
            known[key] = read(*arguments)
        return known[key]

    return from_memory
