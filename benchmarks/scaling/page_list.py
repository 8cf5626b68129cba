"""Which pages are measured: every address without a number in it, one of each main thing, the lists of the admin."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, Q
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from exchanges.models import Exchange, Payment, Visit
from helpdesk.models import HelpRequest
from matching.models import Match
from profiles.enums import ProfileKind, ProfileState
from profiles.models import Organisation, Partnership, Profile, User
from profiles.queries.principals import actor_of

NOBODY = "nobody"
ROLES = (NOBODY, "visitor", "host", "coordinator", "support", "observer")
# The account's own forms, the page that shows all components, and files.
LEFT_OUT = ("account/", "support-office/", "components/")
FILES = (".csv", ".xlsx", ".pdf", ".txt")
ACCOUNT = ("/account/login/",)
PUBLISHED = Q(state=ProfileState.PUBLISHED)
# The view's name in the resolver, and of which model the newest thing is shown that the person may see.
THINGS: tuple[tuple[str, type[models.Model], Q], ...] = (
    ("exchange", Exchange, Q()),
    ("visit", Visit, Q()),
    ("open_visit", Visit, Q()),
    ("validation_visit", Visit, Q()),
    ("match", Match, Q()),
    ("profile", Profile, Q()),
    ("catalogue-profile", Profile, PUBLISHED & Q(kind=ProfileKind.HOST)),
    ("best-matches", Profile, PUBLISHED & Q(kind=ProfileKind.VISITING)),
    ("organisation", Organisation, Q()),
    ("partnership", Partnership, Q()),
    ("help-request", HelpRequest, Q()),
)
IN_THE_ADMIN = (Exchange, Visit, Match, Payment, Profile, Organisation, Partnership)
TRIES = 40  # things of a kind, from the newest


@dataclass(frozen=True)
class Page:
    """`path` names it in the figures: its address with {pk} for a number."""

    role: str
    path: str
    address: str


def sign_in(role: str) -> Client:
    """A client with that person's session; nobody has none."""
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    if role != NOBODY:
        client.force_login(_person(role))
    return client


def pages_of(role: str, client: Client) -> list[Page]:
    """The pages that answer this person, each with one address for the whole run."""
    fixed = [Page(role, address, address) for address in _fixed_addresses(role) if is_page(client.get(address))]
    things = [page for view, model, which in _things(role) if (page := _page(role, client, view, model, which))]
    return [*fixed, *things, *_largest_visit(role, client)]


def is_page(answer: Any) -> bool:
    """Whether it is a page in full, or the statistics as data."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    return answer.status_code == 200 and kind in {"text/html", "application/json", "application/xml"}


def _person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.example")


def _fixed_addresses(role: str) -> Iterator[str]:
    for route in _routes(get_resolver()):
        if "<" not in route and not route.startswith(LEFT_OUT) and not route.endswith(FILES):
            yield f"/{route}"
    if role == NOBODY:
        yield from ACCOUNT
    if role == "support":
        yield reverse("admin:index")
        for model in admin.site._registry:
            yield reverse(_in_the_admin(model, "changelist"))


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def _things(role: str) -> Iterator[tuple[str, type[models.Model], Q]]:
    yield from THINGS
    if role == "support":
        for model in IN_THE_ADMIN:
            yield _in_the_admin(model, "change"), model, Q()


def _largest_visit(role: str, client: Client) -> Iterator[Page]:
    """The visit with the most exchanges: its page has a row for each. In the demo world there are nine."""
    visit = Visit.objects.annotate(number=Count("exchanges")).order_by("-number", "pk").first()
    if visit is not None and is_page(client.get(visit.get_absolute_url())):
        yield Page(role, f"{reverse('visits')}{{pk}}/ (the largest)", visit.get_absolute_url())


def _page(role: str, client: Client, view: str, model: type[models.Model], which: Q) -> Page | None:
    """Of the newest thing whose page answers this person."""
    for pk in _newest(role, model, which):
        address = reverse(view, args=[pk])
        answer = client.get(address)
        if is_page(answer):
            return Page(role, address.replace(f"/{pk}/", "/{pk}/"), address)
        if answer.status_code == 302:  # to the sign-in
            return None
    return None


def _newest(role: str, model: Any, which: Q) -> list[int]:
    """The person's own ones, then any."""
    rows = model._default_manager.filter(which).order_by("-pk")
    own = rows.none()
    if role != NOBODY and "see" in getattr(model, "read_permissions", {}):
        own = rows.visible_to(actor_of(_person(role)))
    return [*own.values_list("pk", flat=True)[:TRIES], *rows.values_list("pk", flat=True)[:TRIES]]


def _in_the_admin(model: type[models.Model], page: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
