"""Forms that keep what one types: three lines in a template (docs/forms.md)."""

from typing import Any

from django import template

from cxc.ground.kept_forms import Kept
from cxc.ground.kept_forms import keeping as keeping_of

register = template.Library()


@register.simple_tag(takes_context=True)
def keeping(context: dict[str, Any], form: Any, address: str = "") -> Kept | None:
    """Puts back what was typed into this form before; its notice, attributes and status read the answer.

    `address`: where the form is sent, unless that is the page itself.
    """
    request = context["request"]
    return keeping_of(request, form, address=address) if request.actor.is_signed_in else None
