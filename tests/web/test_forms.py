"""What holds for every form of the portal."""

from collections.abc import Iterator
from typing import Any

from django import forms

import cxc.urls  # noqa: F401 - brings all forms in

# Scripts call these on the form itself; a field of that name stands in front of the form's own.
CALLED = frozenset(
    [
        "addEventListener",
        "attributes",
        "checkValidity",
        "children",
        "classList",
        "closest",
        "contains",
        "dispatchEvent",
        "elements",
        "getAttribute",
        "hasAttribute",
        "insertBefore",
        "matches",
        "method",
        "parentNode",
        "querySelector",
        "querySelectorAll",
        "remove",
        "removeAttribute",
        "reportValidity",
        "requestSubmit",
        "reset",
        "setAttribute",
        "submit",
        "target",
    ]
)
OURS = ("cxc", "profiles", "matching", "exchanges", "reports", "helpdesk", "public")


def kinds(of: type[forms.BaseForm] = forms.BaseForm) -> Iterator[Any]:
    """Every form class that the portal declares."""
    for kind in of.__subclasses__():
        if kind.__module__.partition(".")[0] in OURS:
            yield kind
        yield from kinds(kind)


def test_no_field_hides_what_scripts_call_on_a_form() -> None:
    found = {kind.__qualname__: set(kind.base_fields) & CALLED for kind in kinds()}
    assert "CreateForm" in found
    assert {name: hidden for name, hidden in found.items() if hidden} == {}
