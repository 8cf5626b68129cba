"""Only plain values get into a document."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from cxc.documents.pdf import plain


@dataclass(frozen=True)
class Fixed:
    inner: object


@dataclass
class Loose:
    inner: object


def test_plain_values_pass() -> None:
    leaves = ["text", True, 3, Decimal("1.50"), date(2026, 1, 2), time(9), None]
    plain({"list": leaves, "pair": (1, 2), "map": {"inner": Fixed(leaves)}})


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (1.5, "context.x is a float"),
        (object(), "context.x is a object"),
        (gettext_lazy("Later"), "context.x is a __proxy__"),
        ({1, 2}, "context.x is a set"),
        (Loose(1), "context.x is a Loose"),
        ([0, b"raw"], r"context.x\[1\] is a bytes"),
        (Fixed({"deep": [datetime]}), r"context.x.inner.deep\[0\] is a type"),
        (Fixed, "context.x is a type"),
    ],
)
def test_anything_else_is_refused_and_named(value: object, sentence: str) -> None:
    with pytest.raises(TypeError, match=sentence):
        plain({"x": value})
