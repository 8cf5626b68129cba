"""Django's test client, signed in as an actor."""

import time

from django.test import Client

from cxc.access.scoped import Actor, Principal
from profiles.queries.principals import SESSION_KEY


def client_for(actor: Actor) -> Client:
    """A browser in which this person is signed in, acting for the same body."""
    client = Client()
    if actor.user is not None:
        client.force_login(actor.user)
        session = client.session
        session[SESSION_KEY] = principal_key(actor)
        session.save()
    return client


def confirm(client: Client, actor: Actor, *, seconds_ago: float = 0) -> None:
    """The person has confirmed so long ago who they are, by their password."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - seconds_ago, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(actor.user.pk)
    session.save()


def principal_key(actor: Actor) -> str:
    """The key of the body that the actor acts for (`profiles.queries.principals.AvailablePrincipal`)."""
    named = {Principal.SUPPORT_OFFICE: "so", Principal.OBSERVER: "observer"}
    return named.get(actor.principal, f"{actor.principal.value}-{actor.principal_id}")
