"""Finds the sentence for a person when a write breaks a constraint of the database."""

from typing import Any

from django.apps import apps
from django.db import IntegrityError
from django.utils.translation import gettext as _


def violation(error: IntegrityError) -> str:
    """What the constraint that was broken says to a person; never its name."""
    diag: Any = getattr(error.__cause__, "diag", None)
    return sentence_of(getattr(diag, "constraint_name", None) or "") or _(
        "This can't be saved: it contradicts something else that is stored. Look at what you changed, and try again."
    )


def sentence_of(name: str) -> str:
    """The sentence of the constraint of this name; '' where it has none of its own."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and has_sentence(constraint):
                return str(constraint.violation_error_message)
    return ""


def has_sentence(constraint: Any) -> bool:
    """Whether it says something of its own, other than its name."""
    return bool(constraint.violation_error_message != constraint.default_violation_error_message)
