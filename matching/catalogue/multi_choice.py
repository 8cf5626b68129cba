"""A choice of several values under folded headings, rendered quickly: the form offers four hundred of them."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from profiles.forms.grouped_choice import GroupedCheckboxes


class MultiChoice(GroupedCheckboxes):
    """As GroupedTicks, without a template and a context for each tick."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(one) for one in value or ()}
        identity = (attrs or {}).get("id", f"id_{name}")
        headings = [
            _folded(heading, _checkboxes(name, identity, list(options), chosen), any(v in chosen for v, _ in options))
            for heading, options in _grouped(self.choices)
        ]
        return format_html('<div class="grouped-checkboxes" id="{}">{}</div>', identity, SafeString("".join(headings)))


def _grouped(choices: Iterable[Any]) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """Heading and options; '' is the heading of choices that stand by themselves."""
    for alone, some in groupby(choices, key=lambda choice: not isinstance(choice[1], list | tuple)):
        if alone:
            yield "", [(str(value), label) for value, label in some]
        else:
            yield from ((heading, [(str(value), label) for value, label in options]) for heading, options in some)


def _checkboxes(name: str, identity: str, options: list[tuple[str, Any]], chosen: set[str]) -> SafeString:
    """`name` and `identity` are the form's own; values and labels are data, and escaped."""
    rows = []
    for plain, label in options:
        value, checked = escape(plain), " checked" if plain in chosen else ""
        rows.append(
            f'<div class="form-check"><input class="form-check-input" type="checkbox" name="{name}" value="{value}"'
            f' id="{identity}_{value}"{checked}>'
            f'<label class="form-check-label" for="{identity}_{value}">{escape(label)}</label></div>'
        )
    return SafeString("".join(rows))


def _folded(heading: str, checkboxes: SafeString, is_open: bool) -> SafeString:
    if not heading:
        return checkboxes
    opened = SafeString(" open") if is_open else ""
    return format_html("<details{}><summary>{}</summary>{}</details>", opened, heading, checkboxes)
