"""Where things are found: paths within the portal, full addresses for mails."""

from urllib.parse import urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cxc.core.sanitise import storable

# The query string of a list without filters, where the bare address would open the person's default view.
EVERYTHING = "view=all"


def absolute(path: str) -> str:
    """The full address of a path of this portal, for use outside of it."""
    return urljoin(settings.SITE_ADDRESS, path)


def path_of(thing: models.Model | None, anchor: str = "") -> str:
    """The path of a thing's page (and of a place on it); the to-do page for one that has none, or none any more."""
    find = getattr(thing, "get_absolute_url", None)
    if thing is None or thing.pk is None or find is None:
        return reverse("todo")
    path: str = find()
    return f"{path.partition('#')[0]}#{anchor}" if anchor else path


def address_of(thing: models.Model | None, anchor: str = "") -> str:
    """`path_of` as a full address."""
    return absolute(path_of(thing, anchor))


def own_path(request: HttpRequest, typed: str) -> str:
    """The path within this portal that a typed address names; empty for any other text.

    What it returns begins with one slash, so `redirect()` never takes it for the name of a view.
    """
    typed = storable(typed).strip()
    if not url_has_allowed_host_and_scheme(typed, allowed_hosts={request.get_host()}):
        return ""
    path = urlunsplit(("", "", *urlsplit(typed)[2:]))
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else ""
