"""The options of a list to choose from: made here, because a template for each of hundreds takes far longer."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

# What Django calls the choice of nothing.
_NOTHING = "---------"


@register.simple_tag
def options_of(widget: Mapping[str, Any]) -> SafeString:
    """All options of a widget's context, those of a group under its name; with words where nothing is chosen."""
    nothing = _("Choose") if widget["attrs"].get("required") else _("Nothing chosen")
    return _joined(_group(name, options, nothing) for name, options, _index in widget["optgroups"])


def _group(name: str | None, options: Iterable[Mapping[str, Any]], nothing: str) -> SafeString:
    inner = _joined(_option(option, nothing) for option in options)
    return format_html('<optgroup label="{}">{}</optgroup>', name, inner) if name else inner


def _option(option: Mapping[str, Any], nothing: str) -> SafeString:
    is_nothing = option["label"] == _NOTHING
    value, label = ("", nothing) if is_nothing else (str(option["value"]), option["label"])
    return format_html('<option value="{}"{}>{}</option>', value, flatatt(option["attrs"]), label)


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))
