"""What templates ask of the portal: states, transitions, history."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from lucide.templatetags.lucide import lucide

from cxc.access.scoped import Actor
from cxc.bulk.actions import BulkAction
from cxc.core.languages import Language, in_sentence, offered
from cxc.core.text_fields import REASON_LABELS
from cxc.web.history import may_read_history, state_labels, state_since
from cxc.web.templatetags.looks import PLAIN, STATES
from cxc.workflow import AvailableTransition, StatefulModel, available_transitions, kind_of
from cxc.workflow.availability import with_buttons

register = template.Library()
register.filter(in_sentence)


@register.simple_tag
@cache
def icon(name: str, size: int = 20) -> str:
    """A picture beside words, hidden from screen readers; names as on lucide.dev; the size is in CSS pixels."""
    return lucide(name, size=size, **{"class": "icon", "aria-hidden": "true"})


@register.simple_tag
def state_badge(thing: Any) -> SafeString:
    """The thing's state as a badge: word, picture, tone."""
    # `get_state_display()` reads the labels of all states to find one.
    label = (
        state_labels(type(thing)).get(thing.state) if isinstance(thing, StatefulModel) else thing.get_state_display()
    )
    return badge(thing.state, str(label or thing.state))


def badge(state: str, label: str) -> SafeString:
    """The same of a state and its label. Made here, because a list shows many."""
    look = STATES.get(state, PLAIN)
    return format_html('<span class="badge state tone-{}">{}{}</span>', look.tone, icon(look.icon, 16), label)


@register.filter
def as_options(actions: Iterable[BulkAction]) -> SafeString:
    """The options of a list of actions. Made here, because a template takes longer, and there are twenty of them."""
    return format_html_join("", '<option value="{}">{}</option>', ((one.code, one.label) for one in actions))


@register.simple_tag
def languages() -> list[Language]:
    """The portal's languages, each with its name in its own words, whatever the page speaks."""
    return offered()


@register.simple_tag
def current_language() -> Language:
    """The one of them that the page speaks."""
    known = {one.code: one for one in offered()}
    return known.get(get_language(), known[settings.LANGUAGE_CODE])


@register.simple_tag
def transitions_with_buttons(thing: StatefulModel, actor: Actor) -> list[AvailableTransition]:
    """The transitions that the actor has a button for: not those whose button could not help now."""
    return with_buttons(available_transitions(thing, actor))


@register.simple_tag
def reason_label(required: object) -> Any:
    """The label of the field for a reason."""
    return REASON_LABELS[bool(required)]


@register.simple_tag
def split_checklist(checklist: Iterable[tuple[Any, Any]]) -> dict[str, list[tuple[Any, Any]]]:
    """What is missing, and what is met, each as a checklist."""
    rows = list(checklist)
    return {"missing": [row for row in rows if row[1]], "met": [row for row in rows if not row[1]]}


@register.simple_tag
def transition_address(thing: StatefulModel, name: str) -> str:
    """The page on which this transition is confirmed."""
    return reverse("transition", args=[kind_of(thing), thing.pk, name])


@register.inclusion_tag("components/transitions.html")
def transitions_box(thing: StatefulModel, actor: Actor, quiet: object = None) -> dict[str, Any]:
    """Buttons and checklists of all that the actor can do with the thing; `quiet` beside a form with its own button."""
    offered = [
        (offer, transition_address(thing, offer.transition.name)) for offer in transitions_with_buttons(thing, actor)
    ]
    return {"page": getattr(thing, "get_absolute_url", str)(), "offers": offered, "quiet": quiet}


register.simple_tag(state_since)


@register.inclusion_tag("components/history.html")
def history(thing: StatefulModel, actor: Actor) -> dict[str, Any]:
    """Who changed its state when and why, for those who may see that: fetched once the reader unfolds it."""
    return {"url": reverse("history", args=[kind_of(thing), thing.pk]) if may_read_history(thing, actor) else ""}


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The present query string with some parameters changed (None takes one out)."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"
