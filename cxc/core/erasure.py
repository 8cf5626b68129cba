"""Takes the name and the addresses of a forgotten person out of every text that the portal stores.

Every text column of every model is searched, so that a new one is covered without a word here. What has to stay as
it was written is registered by its app (`retain`) with the reason; docs/accounts.md lists it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, quote_plus

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast
from django.db.models.lookups import IContains
from django.utils.html import escape

_retained: dict[str, str] = {}


def retain(reason: str, *labels: str) -> None:
    """Keep the texts of these models ('exchanges.signature') as they are, for this reason."""
    _retained.update(dict.fromkeys(labels, reason))


def retained() -> Mapping[str, str]:
    """Model → why its texts stay."""
    return _retained


def erase(replacements: Mapping[str, str]) -> int:
    """Put each word's substitute in its place, in whatever case it is written; the number of rows changed."""
    wanted = sorted(set(_spellings(replacements)), key=lambda pair: len(pair[0]), reverse=True)
    if not wanted:
        return 0
    return sum(_erase_in(model, wanted) for model in apps.get_models() if _is_searched(model))


def _spellings(replacements: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each word as it stands in texts, in HTML and in addresses of pages."""
    for word, instead in replacements.items():
        for spell in (str, escape, quote, quote_plus):
            yield spell(word), spell(instead)


def _is_searched(model: type[models.Model]) -> bool:
    options = model._meta
    return options.managed and not options.proxy and options.label_lower not in _retained


def _erase_in(model: type[models.Model], replacements: Sequence[tuple[str, str]]) -> int:
    names = [field.name for field in model._meta.concrete_fields if _is_text(field)]
    if not names:
        return 0
    pattern = re.compile(
        "|".join(rf"(?<!\w)({re.escape(word)})(?!\w)" for word, _instead in replacements), re.IGNORECASE
    )
    substitutes = [instead for _word, instead in replacements]
    changed = 0
    for row in model._base_manager.filter(_holds_any(names, [word for word, _instead in replacements])).only(*names):
        values = {name: getattr(row, name) for name in names}
        fresh = {name: _replaced(value, pattern, substitutes) for name, value in values.items()}
        differing = {name: _cut(model, name, fresh[name]) for name in names if fresh[name] != values[name]}
        if differing:
            changed += model._base_manager.filter(pk=row.pk).update(**differing)
    return changed


def _is_text(field: "models.Field[Any, Any]") -> bool:
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return is_text and not field.choices and not field.primary_key


def _holds_any(names: Iterable[str], replacements: Iterable[str]) -> models.Q:
    found = models.Q()
    for name in names:
        for word in replacements:
            found |= models.Q(IContains(Cast(name, models.TextField()), word))
    return found


def _replaced(value: Any, pattern: re.Pattern[str], substitutes: Sequence[str]) -> Any:
    """The value with every word replaced by its substitute, in lists and mappings too; a group of the pattern each."""
    if isinstance(value, str):
        return pattern.sub(lambda found: substitutes[(found.lastindex or 1) - 1], value)
    if isinstance(value, list):
        return [_replaced(one, pattern, substitutes) for one in value]
    if isinstance(value, dict):
        return {key: _replaced(one, pattern, substitutes) for key, one in value.items()}
    return value


def _cut(model: type[models.Model], name: str, value: Any) -> Any:
    longest = getattr(model._meta.get_field(name), "max_length", None)
    return value[:longest] if isinstance(value, str) and longest else value
