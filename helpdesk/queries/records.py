"""The record a question is about, by value: `exchange-12` in an address, its kind and id on the question."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps

from cxc.access.scoped import Actor, Scoped
from cxc.core.links import path_of

_REFERENCE = re.compile(r"(?P<name>[a-z]{2,40})-(?P<pk>\d{1,15})", re.ASCII)


@cache
def _kinds() -> dict[str, type[Scoped]]:
    """Records that have a page of their own, by the name of their model."""
    models = (model for model in apps.get_models() if issubclass(model, Scoped) and hasattr(model, "get_absolute_url"))
    return {model._meta.model_name or "": model for model in models}


def reference(thing: Scoped) -> str:
    """How an address names the record: 'exchange-12'."""
    return f"{thing._meta.model_name}-{thing.pk}"


def visible_record(text: str, actor: Actor) -> Scoped | None:
    """The record of such a reference, if the actor may see it; None else."""
    found = _REFERENCE.fullmatch(text)
    model = _kinds().get(found["name"]) if found else None
    if found is None or model is None:
        return None
    record: Scoped | None = model._default_manager.visible_to(actor).filter(pk=int(found["pk"])).first()
    return record


def visible_record_by_id(kind: str, pk: int | None, actor: Actor) -> Scoped | None:
    """The record of a kind ('exchanges.exchange') and id, if it still is and the actor may see it."""
    return visible_record(f"{kind.partition('.')[2]}-{pk}", actor) if kind and pk else None


def record_of_page(values: Iterable[Any], path: str, pk: Any) -> Scoped | None:
    """The record that a page is about: of what it shows, the one whose own page this address lies under.

    `pk` is what the address names. A page that is under no record's page, as a form of its own, is about the
    record with that id.
    """
    records = [value for value in values if isinstance(value, Scoped) and value.pk and type(value) in _known()]
    pages = [(record, *path_of(record).partition("#")) for record in records]
    under = [(record, len(page), not mark) for record, page, mark, _anchor in pages if path.startswith(page)]
    if under:  # a record that is a part of that page stands behind the page's own
        return max(under, key=lambda row: row[1:])[0]
    with_this_id = [record for record in records if record.pk == pk]
    return with_this_id[0] if len(with_this_id) == 1 else None


@cache
def _known() -> frozenset[type[Scoped]]:
    return frozenset(_kinds().values())
