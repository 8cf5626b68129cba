"""Looks for the words of a text among all names of the portal, once for all sources of a search and in one query.

It says which rows have a matching name, whoever may see them: a source asks for these among the rows of its own
permissions, and asks nothing where there is none.
"""

from collections import defaultdict
from typing import Any

from django.db.models import IntegerField, Model, Q, QuerySet, Value

from cxc.web.site_search.columns import holds_words
from cxc.web.site_search.text import SearchText

# The largest number of rows of a model that are named by their ids; more are looked for by the words themselves.
FEW = 60

# Ids for `__in`: as they are, or as a subquery.
Pks = list[int] | QuerySet[Any, Any]

_columns: dict[type[Model], tuple[str, ...]] = {}


def add_names(model: type[Model], *columns: str) -> None:
    """Add the columns of a model in which names are looked for. Called when an app is ready."""
    _columns[model] = columns


def named_rows(text: SearchText) -> dict[type[Model], list[int]]:
    """The ids of the rows whose name matches, by model: at most one more than `FEW`."""
    models = list(_columns)
    first, *others = (_first(number, model, text) for number, model in enumerate(models))
    found: dict[type[Model], list[int]] = defaultdict(list)
    for number, pk in first.union(*others, all=True):
        found[models[number]].append(pk)
    return found


def words_condition(text: SearchText, model: type[Model]) -> Q:
    """The condition that the name of a row of this model matches."""
    return holds_words(text, *_columns[model])


def all_named(text: SearchText, model: type[Model]) -> QuerySet[Any, Any]:
    """The ids of all rows of this model whose name matches."""
    return model._default_manager.filter(words_condition(text, model)).order_by().values("pk")


def _first(number: int, model: type[Model], text: SearchText) -> QuerySet[Any, Any]:
    labelled = all_named(text, model).annotate(number=Value(number, output_field=IntegerField()))
    return labelled.values_list("number", "pk")[: FEW + 1]
