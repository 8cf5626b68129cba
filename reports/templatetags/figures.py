"""The numbers of a dashboard: made here, because a template for each of a hundred takes far longer."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cxc.core.amounts import in_eur
from reports.dashboard.scope import Figure

register = template.Library()

_NOT_COUNTED = mark_safe('<span class="text-secondary">–</span>')


@register.filter
def figure(found: Figure | None) -> SafeString:
    """The number, with what it comes to where that is known; a link to the list that it counts."""
    if found is None:
        return _NOT_COUNTED
    text = found.number if found.amount is None else f"{in_eur(found.amount)} ({found.number})"
    look = "figure" if found.number else "figure none"
    return format_html('<a class="{}" href="{}" data-number="{}">{}</a>', look, found.url, found.number, text)
