"""What a version of a document says otherwise than an earlier one, field by field, the words marked."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.workflow.returned import Change, marked, plain
from exchanges.documents import printed
from exchanges.documents.snapshot import to_snapshot
from exchanges.models import DocumentVersion, FinancialAgreement, OwnPart, SharedPart

# What each version has of its own, and what stands beside it.
LEFT_OUT = frozenset({"head", "signatures", "editorial_versions", "clauses_version"})
LABELS: dict[str, Any] = {
    **{f"shared.{name}": label for name, label in SharedPart.TEXTS.items()},
    **{f"own.{name}": label for name, label in OwnPart.TEXTS.items()},
    **FinancialAgreement.TEXTS,
    "shared.agenda": _("agenda"),
    "parties": _("parties"),
    "exchange.type": _("type of exchange"),
    "exchange.sector": _("sector"),
    "exchange.first_day": _("first day"),
    "exchange.last_day": _("last day"),
    "exchange.working_days": _("working days"),
    "exchange.city": _("city"),
    "exchange.country": _("country"),
    "exchange.zone": _("time zone"),
    "amount": _("amount (EUR)"),
    "ceiling": _("ceiling (EUR)"),
    "clauses": _("clauses"),
}


def changes_between(before: DocumentVersion, after: DocumentVersion) -> list[Change]:
    """Each field that says something else, in the order in which the document prints them."""
    old, new = _texts(before), _texts(after)
    return [
        Change(_label(path), marked(old.get(path, ""), new.get(path, "")))
        for path in dict.fromkeys([*new, *old])
        if old.get(path, "") != new.get(path, "")
    ]


def _texts(version: DocumentVersion) -> dict[str, str]:
    """What the version prints, by the path of the field."""
    content = to_snapshot(printed.of_version(version))
    return dict(_flat({name: value for name, value in content.items() if name not in LEFT_OUT}))


def _flat(content: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", _text(value)


def _text(value: Any) -> str:
    """A value as text; a list with a line for each item."""
    if isinstance(value, list):
        return "\n".join(_text(one) for one in value)
    if isinstance(value, dict):
        return " · ".join(text for inner in value.values() if (text := _text(inner)))
    return plain(value)


def _label(path: str) -> str:
    """What people call the field; one without a name of its own by its name in the document, in English."""
    return str(LABELS.get(path) or path.rpartition(".")[2].replace("_", " "))
