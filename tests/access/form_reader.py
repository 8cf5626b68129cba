"""Reads a form of a page and returns its fields as a browser would send them; empty required fields are filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

Fields = dict[str, list[str]]
_ALWAYS_THERE = {"/language/", "/acting/", "/form-drafts/discard/"}


@dataclass
class _Choice:
    """The options of a select, or of the radio buttons of one name, and those that are chosen."""

    is_required: bool = False
    values: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    is_multiple: bool = False

    def sent(self) -> list[str]:
        """The chosen values; otherwise the first value, where one is required."""
        if any(self.chosen) or self.is_multiple:
            return self.chosen
        real = [value for value in self.values if value]
        return real[:1] if self.is_required else self.chosen or self.values[:1]


@dataclass
class Form:
    """A form that is sent by POST: its address and the values of its fields."""

    action: str
    fields: Fields = field(default_factory=dict)
    choices: dict[str, _Choice] = field(default_factory=dict)

    def data(self) -> Fields:
        return self.fields | {name: sent for name, choice in self.choices.items() if (sent := choice.sent())}


class _Reader(HTMLParser):
    """Collects the forms of a page that are sent by POST."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found = page, list[Form]()
        self.inside, self.select = False, ""
        self.text: tuple[str, bool] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = named.get("method", "").lower() == "post"
            if self.inside:
                self.found.append(Form(urlsplit(urljoin(self.page, named.get("action") or self.page)).path))
        elif self.inside and "disabled" not in named:
            read = {"input": self._input, "select": self._select, "option": self._option, "textarea": self._textarea}
            read.get(tag, lambda _named: None)(named)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.text is not None:
            name, is_required = self.text
            text = self.found[-1].fields.get(name, [""])[0].removeprefix("\n")
            self.found[-1].fields[name] = [text or ("Because." if is_required else "")]
            self.text = None

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.found[-1].fields.setdefault(self.text[0], [""])[0] += data

    def _input(self, named: dict[str, str]) -> None:
        name, kind, form = named.get("name", ""), named.get("type", "text"), self.found[-1]
        if not name or kind in {"submit", "button", "image", "file"}:
            return
        if kind in {"radio", "checkbox"}:
            choice = form.choices.setdefault(name, _Choice(is_multiple=kind == "checkbox"))
            choice.is_required |= "required" in named
            choice.values.append(named.get("value", "on"))
            if "checked" in named or (kind == "checkbox" and "required" in named):
                choice.chosen.append(named.get("value", "on"))
        else:
            needed = {"number": "1", "date": "2026-09-28"}.get(kind, "Because.") if "required" in named else ""
            form.fields[name] = [named.get("value") or needed]

    def _select(self, named: dict[str, str]) -> None:
        self.select = named.get("name", "")
        if self.select:
            choice = _Choice("required" in named, is_multiple="multiple" in named)
            self.found[-1].choices[self.select] = choice

    def _option(self, named: dict[str, str]) -> None:
        if self.select:
            choice = self.found[-1].choices[self.select]
            choice.values.append(named.get("value", ""))
            if "selected" in named:
                choice.chosen.append(named.get("value", ""))

    def _textarea(self, named: dict[str, str]) -> None:
        if name := named.get("name"):
            self.text = (name, "required" in named)
            self.found[-1].fields[name] = [""]


def form_for(html: str, page: str, action: str) -> Fields:
    """The fields of the form that is sent to `action`; the longest, where there are several."""
    reader = _Reader(page)
    reader.feed(html)
    found = [form for form in reader.found if form.action == action and form.action not in _ALWAYS_THERE]
    if not found:
        raise LookupError(f"No form on {page} is sent to {action}.")
    return max((form.data() for form in found), key=len)


def changed(fields: Fields, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with other values; a field that is not on the form is added."""
    return {**fields, **changes}
