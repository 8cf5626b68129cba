"""People of the demo world, who all sign in with the password `demo`."""

from dataclasses import dataclass
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from cxc.access.scoped import Actor
from profiles.models import User
from profiles.queries.principals import actor_of

PASSWORD = "demo"


@cache
def _hashed() -> str:
    """Hashed once: a good hash takes a third of a second."""
    return make_password(PASSWORD)


def person(email: str, full_name: str, job_title: str = "", **fields: bool) -> User:
    """Somebody with a verified address."""
    made = User(email=email, full_name=full_name, job_title=job_title, **fields)
    made.password = _hashed()
    made.save()
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


@dataclass(frozen=True)
class Offices:
    """The Support Office and the observer."""

    support: Actor
    observer: Actor


def load_offices() -> Offices:
    support = person("support@demo.example", "Sample Support", "Support officer", is_support_office=True)
    observer = person("observer@demo.example", "Sample Observer", "Project officer", is_observer=True)
    return Offices(actor_of(support), actor_of(observer))
