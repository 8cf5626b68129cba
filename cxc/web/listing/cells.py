"""How pages of lists say what more than one list says. Each is a `Column.cell`, or makes part of one."""

from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cxc.web.listing.columns import text_of
from cxc.web.templatetags.portal import badge


def link(row: Any, text: str) -> SafeString:
    """The text leads to the row's own page."""
    return link_to(row.get_absolute_url(), text)


def link_to(address: str, text: Any) -> SafeString:
    """The text leads to an address."""
    return format_html('<a href="{}">{}</a>', address, text)


def or_dash(_row: Any, text: str) -> str:
    """A dash where there is nothing."""
    return text or "–"


def period(first: date | None, last: date | None) -> str:
    """“07/09/2026 – 11/09/2026”; '' where there is no first day."""
    return f"{text_of(first)} – {text_of(last)}" if first else ""


def state_badge(row: Any, label: str) -> SafeString:
    """The state as a badge, for a column whose value is the state's label."""
    return badge(row.state, label)


def state_with_returns(row: Any, label: str) -> SafeString:
    """The badge, and beneath it what was returned with comments. For rows that `attach_returned` was given."""
    returned = format_html_join("", '<span class="returned">{}</span>', ((one.text,) for one in row.returned))
    return format_html("{} {}", state_badge(row, label), returned) if returned else state_badge(row, label)
