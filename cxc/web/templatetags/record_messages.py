"""The panel of messages on the page of a record."""

from typing import Any

from django import template

from cxc.access.scoped import Actor
from cxc.messaging.overview import Overview, newest_messages
from cxc.messaging.subjects import subject_of
from cxc.workflow.transitions import kind_of

register = template.Library()

# The largest number of messages on the page of the record, the newest first; a page of their own has all.
SHOWN = 5


@register.inclusion_tag("messaging/parts/record_messages.html", takes_context=True)
def record_messages(context: dict[str, Any], thing: Any, actor: Actor) -> dict[str, Any]:
    """What was written about it, for those who may read that, what the portal mailed, and the button to write."""
    subject = subject_of(kind_of(thing))
    if subject is None or not actor.is_signed_in:
        return {}
    overview = Overview(subject, thing, actor)
    return {
        "overview": overview,
        "may_write": overview.may_write,
        "messages": newest_messages(overview, SHOWN),
        "csrf_token": context.get("csrf_token"),
    }
