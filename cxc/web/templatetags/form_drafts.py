"""Forms with drafts: three lines in a template (docs/forms.md)."""

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.safestring import SafeString

from cxc.web.form_drafts.restore import DraftState
from cxc.web.form_drafts.restore import restore_form_draft as restored

register = template.Library()


@register.simple_tag(takes_context=True)
def restore_form_draft(context: dict[str, Any], form: Any, address: str = "") -> DraftState | None:
    """Puts back what was typed into this form before; its notice, attributes and status read the answer.

    `address`: where the form is sent, unless that is the page itself.
    """
    request = context["request"]
    return restored(request, form, address=address) if request.actor.is_signed_in else None


@register.simple_tag
def form_draft_attributes(form_draft: DraftState | None, *, record: str = "") -> SafeString:
    """The attributes of a form with a draft; `record`: the address that saves it into the record instead."""
    if form_draft is None:
        return SafeString("")
    names = ("address", "person", "principal", "base", "token")
    attributes: dict[str, str | bool] = {f"data-draft-{name}": getattr(form_draft, name) for name in names}
    attributes |= {"data-draft-posted": form_draft.is_posted, "data-draft-record": record or False}
    return flatatt({"data-draft": reverse("save_form_draft"), **attributes})
