"""Forms that keep what one types: three lines in a template (docs/forms.md)."""

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.safestring import SafeString

from cxc.web.form_drafts.restore import Kept
from cxc.web.form_drafts.restore import keeping as keeping_of

register = template.Library()


@register.simple_tag(takes_context=True)
def keeping(context: dict[str, Any], form: Any, address: str = "") -> Kept | None:
    """Puts back what was typed into this form before; its notice, attributes and status read the answer.

    `address`: where the form is sent, unless that is the page itself.
    """
    request = context["request"]
    return keeping_of(request, form, address=address) if request.actor.is_signed_in else None


@register.simple_tag
def kept_attributes(kept: Kept | None, *, elsewhere: bool = False) -> SafeString:
    """The attributes of a form that keeps what one types; `elsewhere`: it saves itself into its record."""
    if kept is None:
        return SafeString("")
    names = ("address", "person", "acting", "base", "token")
    said: dict[str, str | bool] = {f"data-kept-{name}": getattr(kept, name) for name in names}
    said |= {"data-kept-answer": kept.is_answer, "data-kept-elsewhere": elsewhere}
    return flatatt({"data-kept": reverse("keep"), **said})
