"""Saved searches: filters under a name, and once a week a mail about what is new among what they find."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.personal import principal_key
from cxc.access.scoped import Actor, Principal
from cxc.comms.outbox import queue_mail
from cxc.core.links import absolute
from cxc.web.saved_views import store
from cxc.workflow import Refused
from matching.catalogue.search import CatalogueSearch
from matching.models import SavedSearch
from profiles.models import Profile
from profiles.queries.principals import actor_of

logger = logging.getLogger(__name__)

CATALOGUE = "catalogue"  # the name of the list, as in its address
TEMPLATE = "matching/mail/new_in_search"
INTERVAL = timedelta(days=7)
MAX_NAMED = 10


@transaction.atomic
def save(*, name: str, query: str, weekly: bool, by: Actor) -> SavedSearch:
    """Save the filters of an address as a view of the catalogue. What they find now is not new.

    Refused where the filters can't be read, and where `store.save` refuses the view.
    """
    found = run_search(query, by)
    if not found.is_valid:
        raise Refused(_("These filters can't be read: show the list first, then save it."))
    values: dict[str, Any] = {"weekly": weekly, "seen": profile_ids(found), "checked_at": clock.now()}
    return store.save(SavedSearch, CATALOGUE, name=name, query=found.query, by=by, **values)


@transaction.atomic
def change(search: SavedSearch, *, name: str, weekly: bool, by: Actor) -> SavedSearch:
    """Rename it, and turn its mail on or off. What it finds when the mail is turned on is not new."""
    row = store.rename(search, name, by=by)
    if weekly and not row.weekly:
        row.seen, row.checked_at = profile_ids(run_search(row.query, by)), clock.now()
    row.weekly = weekly
    row.save(update_fields=["weekly", "seen", "checked_at"])
    return row


def stop_mail(search: SavedSearch) -> None:
    """No mail any more; whoever has its stop key may say so."""
    SavedSearch.objects.filter(pk=search.pk).update(weekly=False)


def run_search(query: str, actor: Actor) -> CatalogueSearch:
    """What these filters bring to this actor."""
    return CatalogueSearch(actor, QueryDict(query))


def profile_ids(found: CatalogueSearch) -> list[int]:
    """The profiles found, the actor's own organisation's left out."""
    rows = found.rows
    if found.actor.principal is Principal.ORGANISATION:
        rows = rows.exclude(organisation=found.actor.principal_id)
    return sorted(rows.values_list("pk", flat=True))


# --- the weekly mail ---------------------------------------------------------------------------------


def due_searches() -> list[int]:
    """Searches whose week has passed (or that were looked at in a future that the clock has left again)."""
    now = clock.now()
    rows = SavedSearch.objects.filter(Q(checked_at__lte=now - INTERVAL) | Q(checked_at__gt=now), weekly=True)
    return list(rows.order_by("checked_at", "pk").values_list("pk", flat=True))


def mail_due_searches() -> int:
    """Look at every search that is due; how many mails were written. Can run twice, late or in parallel."""
    SavedSearch.objects.filter(person__anonymised_at__isnull=False).delete()
    return sum(_mail_safely(pk) for pk in due_searches())


def _mail_safely(pk: int) -> bool:
    try:
        return mail_new_profiles(pk)
    except Exception:  # one search's fault must not keep the others waiting
        logger.exception("Saved search %s failed; the next run tries again", pk)
        return False


@transaction.atomic
def mail_new_profiles(pk: int) -> bool:
    """Look at one search under a lock and write to its person what is new; whether a mail was written.

    What the person may browse is asked anew, as they stand now, for the body for which they saved it.
    """
    search = SavedSearch.objects.select_for_update(skip_locked=True).filter(pk=pk, weekly=True).first()
    if search is None or not (search.checked_at <= clock.now() - INTERVAL or search.checked_at > clock.now()):
        return False
    seen, search.checked_at = set(search.seen), clock.now()
    search.seen = _profile_ids_now(search)
    search.save(update_fields=["seen", "checked_at"])
    new = sorted(set(search.seen) - seen)
    return bool(new) and _queue_mail(search, new)


def _profile_ids_now(search: SavedSearch) -> list[int]:
    """What it finds now; what it found last where its person may not look, or its filters can't be read any more."""
    actor = _actor(search)
    found = run_search(search.query, actor) if actor else None
    return profile_ids(found) if found is not None and found.is_valid else search.seen


def _actor(search: SavedSearch) -> Actor | None:
    """The person, acting for the same principal as then; None when they can't any more."""
    actor = actor_of(search.person, search.acting_for)
    return actor if search.person.is_active and principal_key(actor) == search.acting_for else None


def _queue_mail(search: SavedSearch, new: Sequence[int]) -> bool:
    unsubscribe_address = absolute(reverse("search-stop", args=[search.unsubscribe_key]))
    profiles = Profile.objects.filter(pk__in=new).with_display_relations().order_by("-published_at", "-pk")
    context = {
        "search": search,
        "number": len(new),
        "profiles": profiles[:MAX_NAMED],
        "more": max(len(new) - MAX_NAMED, 0),
        "unsubscribe_address": unsubscribe_address,
    }
    written = queue_mail(
        template=TEMPLATE,
        to=[search.person],
        context=context,
        link=absolute(search.get_absolute_url()),
        unsubscribe=unsubscribe_address,
    )
    return bool(written)
