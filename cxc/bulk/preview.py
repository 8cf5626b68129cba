"""Runs an action on one item in a transaction that is rolled back: why it would be refused, and which mails it sends.

So the preview shows the transition's own sentences, those of `invariants` included.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from cxc.comms.models import Mail
from cxc.comms.outbox import mails_collected
from cxc.core.refusals import Refused
from cxc.workflow import ReasonMissing
from cxc.workflow.unit_of_work import unit_of_work

logger = logging.getLogger(__name__)

# What is said of an item whose action failed with an unexpected error.
PORTAL_ERROR = _("Try it again on its own page, or ask the Support Office for help: the portal had an error.")
# Stands for the reason that the person has yet to give.
_PLACEHOLDER = "…"

# Performs the action with a reason.
Act = Callable[[str], object]


class _RolledBack(Exception):
    """Ends the transaction of a dry run."""


@dataclass(frozen=True)
class Preview:
    """`sentences`: why it would be refused; none where it can be done."""

    sentences: tuple[str, ...] = ()
    mails: list[dict[str, Any]] = field(default_factory=list)
    reason_required: bool = False


def dry_run(act: Act) -> Preview:
    """What would happen: tried without a reason, and with one where that is refused for want of it."""
    try:
        return Preview(mails=_rolled_back(act, ""))
    except ReasonMissing:
        return _with_a_reason(act)
    except Refused as refusal:
        return Preview(tuple(map(str, refusal.sentences)))
    except Exception:
        return _error()


def _with_a_reason(act: Act) -> Preview:
    try:
        return Preview(mails=_rolled_back(act, _PLACEHOLDER), reason_required=True)
    except Refused as refusal:
        return Preview(tuple(map(str, refusal.sentences)), reason_required=True)
    except Exception:
        return _error()


def _error() -> Preview:
    """For an unexpected error; raises it where the database is away."""
    if not connection.is_usable():
        raise
    logger.exception("A dry run failed")
    return Preview((str(PORTAL_ERROR),))


def _rolled_back(act: Act, reason: str) -> list[dict[str, Any]]:
    """The mails of one dry run."""
    mails: list[Mail] = []
    try:
        # The last steps of a unit of work, such as deriving the to-do, do not run: it ends by an exception.
        with transaction.atomic(), unit_of_work(), mails_collected() as mails:
            act(reason)
            raise _RolledBack
    except _RolledBack:
        return summaries(mails)


def summaries(mails: Iterable[Mail]) -> list[dict[str, Any]]:
    """For each subject how many mails there are, the text of the first, without greeting and address, and the keys."""
    by_subject: dict[str, list[Mail]] = defaultdict(list)
    for mail in mails:
        by_subject[mail.subject].append(mail)
    return [
        {"subject": subject, "count": len(of), "text": of[0].body, "keys": [mail.key for mail in of if mail.key]}
        for subject, of in by_subject.items()
    ]


def combined(summaries_of_items: Iterable[list[dict[str, Any]]]) -> tuple[int, list[dict[str, Any]]]:
    """What several items would send together: the number of mails, and those that differ.

    Mails of one key count once. Those that differ are told apart by the beginning of their subject, each with its
    number and the text of the first.
    """
    keys: set[str] = set()
    number, different = 0, dict[str, dict[str, Any]]()
    for mail in (mail for mails in summaries_of_items for mail in mails):
        keys.update(mail["keys"])
        number += 0 if mail["keys"] else mail["count"]
        one = different.setdefault(mail["subject"].partition(":")[0], {**mail, "count": 0, "keys": []})
        one["count"] += mail["count"]
    return number + len(keys), list(different.values())
