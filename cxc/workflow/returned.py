"""What was returned: with which comments, and what has changed since, word by word."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cxc.core import languages

# Comparing takes time with the square of the length: longer texts are shown whole, before and after.
MOST_WORDS = 3000


@dataclass(frozen=True)
class Change:
    """A field that says something else than when it was returned; `marked`: both, word by word."""

    label: str
    marked: SafeString


class Returned(models.Model):
    """A record that is returned with comments and handed in again: it remembers what was returned."""

    returned = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def handed_in(self) -> dict[str, str]:
        """What whoever decides reads, by the name of the field."""
        raise NotImplementedError

    def remember_return(self, reason: str, comments: Mapping[str, str] | None = None) -> None:
        """Remember why, the comments on single fields by their names, and what it says now; the caller saves."""
        self.returned = {"reason": reason, "texts": self._in_english(), "comments": dict(comments or {})}

    def forget_return(self) -> None:
        """It was decided; the caller saves."""
        self.returned = {}

    @property
    def returned_reason(self) -> str:
        """The comments with which it was returned last; '' when it was not."""
        return str(self.returned.get("reason", ""))

    @property
    def returned_comments(self) -> dict[str, str]:
        """By the name of a field: what was said of it when it was returned last."""
        found: dict[str, str] = self.returned.get("comments", {})
        return found

    def changes_since_return(self) -> list[Change]:
        """Each field that was changed since it was returned."""
        before: dict[str, str] = self.returned.get("texts", {})
        now = self._in_english()
        return [
            Change(self.label_of(name), marked(before[name], text))
            for name, text in now.items()
            if name in before and before[name] != text
        ]

    @property
    def is_changed_since_return(self) -> bool:
        """Whether a field was changed since it was returned; True for what was never returned."""
        before: dict[str, str] = self.returned.get("texts", {})
        if not before:
            return True
        return any(name in before and before[name] != text for name, text in self._in_english().items())

    def _in_english(self) -> dict[str, str]:
        """In English, whoever returns and reads it: otherwise each translated name would count as a change."""
        with languages.english():
            return self.handed_in()

    def label_of(self, name: str) -> str:
        """What people call the field."""
        return str(getattr(self._meta.get_field(name), "verbose_name", name))


def plain(value: Any) -> str:
    """A field's value as text that can be compared."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "\n".join(str(value).splitlines())


def marked(before: str, after: str) -> SafeString:
    """The text as it is now, with what was added and removed marked; each mark is also said to who listens."""
    old, new = _words(before), _words(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return _removed(before) + _added(after)
    pieces: list[SafeString] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(format_html("{}", "".join(old[i:j])))
            continue
        pieces += [_removed("".join(old[i:j])), _added("".join(new[k:m]))]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _words(text: str) -> list[str]:
    """Words, each with the blanks before it, so that a rewritten sentence is not cut at every blank."""
    return re.findall(r"\s*\S+|\s+", text)


def _removed(text: str) -> SafeString:
    return _piece("del", _("removed:"), text)


def _added(text: str) -> SafeString:
    return _piece("ins", _("added:"), text)


def _piece(tag: str, label: str, text: str) -> SafeString:
    if not text:
        return SafeString("")
    space, words = text[: len(text) - len(text.lstrip())], text.lstrip()
    inner = format_html('<span class="visually-hidden"> {} </span>{}', label, words)
    return format_html("{}<{}>{}</{}>", space, SafeString(tag), inner, SafeString(tag))


def texts_of(thing: Any, names: Iterable[str]) -> dict[str, str]:
    """What these fields say, as text."""
    return {name: plain(getattr(thing, name)) for name in names}
