"""What the search finds of questions: those of one's own list, by number or subject."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc.web.site_search.columns import labelled, newest
from cxc.web.site_search.names import add_names
from cxc.web.site_search.sources import Search, SearchResult, add_source
from helpdesk.models import HelpRequest


def find_questions(search: Search) -> Iterable[SearchResult]:
    """By number (H12) or subject; the newest first."""
    named = search.named(HelpRequest)
    if (number := search.text.number("h")) is not None:
        named.append(Q(pk=number))
    ids = newest(HelpRequest.objects.all(), search.actor, named, search.limit + 1)
    for found in labelled(HelpRequest, ids):
        yield SearchResult(str(found), found.get_absolute_url(), found.get_state_display())


def register() -> None:
    """Called when the app is ready."""
    add_names(HelpRequest, "subject")
    add_source(_("Questions"), find_questions, order=100)
