"""The Django admin: list, add page and change page of each model."""

from collections.abc import Callable, Iterator

from django.contrib import admin
from django.db.models import Model

from tests.access.sample import Sample
from tests.access.targets.target import Target

ADMIN = "support-office/"
TABLE = "admin"


def _first(model: type[Model]) -> Callable[[Sample], tuple[object, ...]]:
    def key(_sample: Sample) -> tuple[object, ...]:
        row = model._base_manager.order_by("pk").first()
        return (row.pk if row is not None else 0,)

    return key


def _targets() -> Iterator[Target]:
    for model in sorted(admin.site._registry, key=lambda each: each._meta.label_lower):
        address = f"{ADMIN}{model._meta.app_label}/{model._meta.model_name}/"
        yield Target(address, "closed", label="list", methods=("GET",))
        yield Target(f"{address}add/", "closed", label="add", methods=("GET",))
        yield Target(f"{address}<pk>/change/", "closed", _first(model), label="change", methods=("GET",))


TARGETS = [Target(ADMIN, "closed", label="front page", methods=("GET",)), *_targets()]
