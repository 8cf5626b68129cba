"""What the templates of lists ask of a `Listing`."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cxc.web.listing import Listing
from cxc.web.listing.late import cells
from cxc.web.templatetags.portal import icon

register = template.Library()


@register.inclusion_tag("components/listing/late_tasks.html", takes_context=True)
def late_row(context: dict[str, Any], listing: Listing, row: Any) -> dict[str, Any]:
    """Beneath a row, across its columns: what is late on it, where the list is narrowed down to that."""
    tasks = [(list(cells(task)), task.button) for task in row.late]
    columns = len(listing.page_columns) + bool(listing.actions) + listing.layout.has_quick_look
    return {"tasks": tasks, "columns": columns, "request": context["request"]}


@register.simple_tag
def select_cell(row: Any) -> SafeString:
    """The box that selects a row for a bulk action."""
    return format_html(
        '<td class="select-cell"><input type="checkbox" class="form-check-input" form="bulk-form" name="row" value="{}"'
        ' aria-label="{}"></td>',
        row.pk,
        row,
    )


@register.simple_tag
def quick_look_cell(row: Any) -> SafeString:
    """The button that opens the quick look at a row; quick-look.js reads its page and name.

    Its name is not left to the title, a tooltip that not every screen reader reads; equal ones are read once.
    """
    name = _("Quick look: %(row)s") % {"row": row}
    return format_html(
        '<td class="quick-look-cell"><button type="button" class="btn btn-link" data-quick-look="{}" data-name="{}"'
        ' aria-label="{}" title="{}">{}</button></td>',
        row.get_absolute_url(),
        row,
        name,
        name,
        icon("panel-right-open"),
    )
