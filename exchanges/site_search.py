"""What the search finds of what visitors and hosts do together: exchanges, visits, open visits; actions of theirs."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, Principal, Side
from cxc.web.listing.cells import period
from cxc.web.site_search.columns import labelled, newest, newest_of
from cxc.web.site_search.names import add_names
from cxc.web.site_search.pages import add_action
from cxc.web.site_search.sources import Search, SearchResult, add_source, kind_name
from exchanges.models import Exchange, Visit
from exchanges.queries.open_visits import upcoming_open_visits
from exchanges.queries.visits import without_exchange
from matching.models import Match
from matching.queries.own_profiles import own_published
from profiles.enums import ProfileKind
from profiles.site_search import SEE_ALL, add_known, of_named_organisations

# As documents print them.
EXCHANGE_CODES = ("cxc", "ctq cxc", "fa cxc", "far cxc")
VISIT_CODES = ("vis",)
RECORDERS = frozenset({Principal.SUPPORT_OFFICE, Principal.PARTNERSHIP})


def find_exchanges(search: Search) -> Iterable[SearchResult]:
    """Those of the actor's list, by reference, visitor or host; the newest first."""
    named = of_named_organisations(search, "organisation", "match__host_profile__organisation")
    if (number := search.text.number(*EXCHANGE_CODES, "exchange", kind_name(Exchange))) is not None:
        named.append(Q(pk=number))
    ids = newest(Exchange.objects.all(), search.actor, named, search.limit + 1)
    for found in labelled(Exchange, ids):
        days = period(found.start, found.end)
        parts = (found.get_state_display(), days)
        yield SearchResult(str(found), found.get_absolute_url(), ", ".join(part for part in parts if part))


def find_visits(search: Search) -> Iterable[SearchResult]:
    """Those of the actor's list, by host, title, city or number."""
    named = _named_visits(search)
    if (number := search.text.number(*VISIT_CODES, "visit", kind_name(Visit))) is not None:
        named.append(Q(pk=number))
    ids = newest(Visit.objects.all(), search.actor, named, search.limit + 1)
    return _visits(ids, "visit")


def find_open_visits(search: Search) -> Iterable[SearchResult]:
    """Those that one may ask to join, by host, title or city; who sees all visits finds them as visits."""
    named = _named_visits(search)
    if search.actor.principal in SEE_ALL or not named:
        return ()
    own = Visit.objects.filter(pk=OuterRef("pk")).visible_to(search.actor, few=True)
    others = upcoming_open_visits(search.actor).filter(~Exists(own))
    return _visits(newest_of([others], named, search.limit + 1), "open_visit")


def _named_visits(search: Search) -> list[Q]:
    return [*of_named_organisations(search, "host_profile__organisation"), *search.named(Visit)]


def _visits(ids: list[int], url_name: str) -> Iterable[SearchResult]:
    for found in labelled(Visit, ids):
        detail = f"{found.host_profile.organisation}, {period(found.first_day, found.last_day)}"
        yield SearchResult(str(found), reverse(url_name, args=[found.pk]), detail)


def _hosts(actor: Actor) -> Iterable[tuple[QuerySet[Any], str]]:
    """The hosts of visits that one's Partnership leads; those of others are met in matches."""
    led = Visit.objects.visible_parts(actor).get(Side.LEAD)
    return [] if led is None else [(led, "host_profile__organisation")]


# --- actions ---------------------------------------------------------------------------------------


def _create_visit(actor: Actor) -> str:
    """Possible with a confirmed match that has no exchange: a host's own, or one of a Partnership's."""
    if not actor.may_write:
        return ""
    own = {"host_profile__organisation": actor.principal_id} if actor.principal is Principal.ORGANISATION else {}
    matches = without_exchange(Match.objects.filter(**own).visible_to(actor))
    return reverse("visit_create") if matches.exists() else ""


def _publish_visit(actor: Actor) -> str:
    hosts = own_published(actor).filter(kind=ProfileKind.HOST)
    return reverse("visit_publish") if actor.may_write and hosts.exists() else ""


def _record(actor: Actor) -> str:
    return reverse("record") if actor.may_write and actor.principal in RECORDERS else ""


def register() -> None:
    """Called when the app is ready."""
    add_known(_hosts)
    add_names(Visit, "title", "city")
    add_source(_("Exchanges"), find_exchanges, order=30, codes=EXCHANGE_CODES)
    add_source(_("Visits"), find_visits, order=40, codes=VISIT_CODES)
    add_source(_("Open visits"), find_open_visits, order=45)
    add_action(_("Create a visit"), _create_visit)
    add_action(_("Publish an open visit"), _publish_visit)
    add_action(_("Record an exchange afterwards"), _record)
