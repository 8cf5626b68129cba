"""All addresses of the portal by Django's route, each with its app and its methods."""

import inspect
import re
from dataclasses import dataclass
from functools import cache

from django.urls import get_resolver

from tests.access.targets.support_office import ADMIN, TABLE
from tests.web.test_addresses import patterns

METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Address:
    """A route, such as `exchanges/<pk>/plan/`, with its name, its table, the methods that it takes and its view."""

    route: str
    name: str
    table: str
    methods: frozenset[str]
    view: object = None


def address_of(route: str) -> Address:
    """The address of a route; of a page of the Django admin only the GET is tried."""
    if route.startswith(ADMIN):
        return Address(route, "", TABLE, frozenset({"GET"}))
    return addresses()[route]


@cache
def addresses() -> dict[str, Address]:
    """Every address with its methods, without those of the libraries and of the Django admin."""
    found = {}
    for pattern, entry in patterns(get_resolver()):
        route = re.sub(r"<\w+:", "<", pattern) or "/"
        app = inspect.unwrap(entry.callback).__module__.partition(".")[0]
        methods = _methods(entry.callback)
        found[route] = Address(route, entry.name or "", "shared" if app == "cxc" else app, methods, entry.callback)
    return found


def _methods(view: object) -> frozenset[str]:
    """The methods that `require_http_methods` accepts, wherever it is among the decorators of the view."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            value = cell.cell_contents
            if isinstance(value, list | tuple) and value and set(value) <= {"GET", "HEAD", "POST"}:
                return frozenset(value) & frozenset(METHODS)
        view = getattr(view, "__wrapped__", None)
    return frozenset(METHODS)
