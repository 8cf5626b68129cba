"""How things look: the tone and the picture of states and messages, what is wrong in a form, the footer's links."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Look:
    """A tone (see theme.css) with its picture (a name on lucide.dev)."""

    tone: str
    icon: str


# How a state looks; the word beside it carries the meaning.
STATES = {
    "draft": Look("neutral", "pencil"),
    "archived": Look("neutral", "archive"),
    "expired": Look("neutral", "hourglass"),
    "withdrawn": Look("neutral", "undo-2"),
    "submitted": Look("info", "send"),
    "asked": Look("info", "mail"),
    "agreed": Look("success", "check"),
    "carried_out": Look("success", "calendar"),
    "proposed": Look("info", "send"),
    "waiting": Look("info", "hourglass"),
    "offered": Look("primary", "mail"),
    "left": Look("neutral", "log-out"),
    "open": Look("success", "door-open"),
    "unconfirmed": Look("neutral", "mail"),
    "answered": Look("primary", "mail"),
    "planned": Look("neutral", "calendar"),
    "preparation": Look("info", "hammer"),
    "due": Look("warning", "clock"),
    "returned": Look("warning", "corner-up-left"),
    "ready": Look("primary", "circle-dot"),
    "validated": Look("primary", "badge-check"),
    "ongoing": Look("primary", "play"),
    "published": Look("success", "globe"),
    "confirmed": Look("success", "handshake"),
    "accepted": Look("success", "check"),
    "signed": Look("success", "pen-line"),
    "paid": Look("success", "banknote"),
    "closed": Look("success", "circle-check"),
    "completed": Look("success", "circle-check"),
    "refused": Look("danger", "circle-x"),
    "declined": Look("danger", "circle-x"),
    "cancelled": Look("danger", "ban"),
}
PLAIN = Look("neutral", "circle")

TONES = {
    "info": Look("info", "info"),
    "success": Look("success", "circle-check"),
    "warning": Look("warning", "triangle-alert"),
    "error": Look("danger", "circle-alert"),
    "danger": Look("danger", "circle-alert"),
    "neutral": Look("neutral", "lightbulb"),
}

# Those that exist are shown: label, name of the address.
FOOTER = (
    (_("How it works"), "how-it-works"),
    (_("Who may take part"), "eligibility"),
    (_("Partnerships"), "partnerships"),
    (_("Statistics"), "statistics"),
    (_("Questions and answers"), "faq"),
    (_("Check a document"), "proof"),
    (_("Help"), "help"),
    (_("Accessibility"), "accessibility"),
    (_("Privacy"), "privacy"),
)


@dataclass(frozen=True)
class FormError:
    """One fault of a form: the field's label, what to do, and the place on the page ("": the form as a whole)."""

    sentence: str
    label: str = ""
    anchor: str = ""


register = template.Library()


@register.simple_tag
@lru_cache(maxsize=256)
def path(steps: tuple[tuple[str, str], ...], label: str) -> SafeString:
    """`components/path.html` for a page with many: things stand on few places of the same path."""
    return mark_safe(render_to_string("components/path.html", {"steps": steps, "label": label}))


@register.simple_tag
def tone_of(name: str) -> Look:
    """The look of a message or notice, by its tone or by Django's tag of the message."""
    return TONES.get(name, TONES["info"])


@register.simple_tag
def form_errors(form: BaseForm | None, forms: "BaseFormSet[Any] | Iterable[BaseForm] | None" = None) -> list[FormError]:
    """What is wrong in a form, or in several, in the order of the page."""
    every: list[BaseForm] = [form] if form else []
    found = []
    if isinstance(forms, BaseFormSet):
        found = [FormError(str(sentence)) for sentence in forms.non_form_errors()]
    every += list(forms or [])
    return found + [wrong for one in every for wrong in _errors_of(one)]


def _errors_of(form: BaseForm) -> Iterable[FormError]:
    for sentence in form.non_field_errors():
        yield FormError(str(sentence))
    for field in form:
        for sentence in field.errors:
            yield FormError(str(sentence), str(field.label), _place(field))


def _place(field: BoundField) -> str:
    """The control itself; for several in one row, the row."""
    return "" if field.is_hidden else field.id_for_label or f"div_{field.auto_id}"


@register.simple_tag
def footer_links() -> list[tuple[Any, str]]:
    """Label and address of the footer's pages, those that exist."""
    found = []
    for label, name in FOOTER:
        try:
            found.append((label, reverse(name)))
        except NoReverseMatch:
            continue
    return found
