"""Tries out an action on one thing: everything happens as it would, and afterwards nothing of it stands.

So a preview says what the transition itself says, its checks after the change included, and shows the very mails.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from cxc.comms.models import Mail
from cxc.comms.outbox import mails_collected
from cxc.core.refusals import Refused
from cxc.workflow.unit_of_work import unit_of_work

logger = logging.getLogger(__name__)

# What is said of a thing whose action failed for no reason of its own.
FAILED = _("The portal failed with this one. Try it alone, or ask the Support Office for help.")


class _TakenBack(Exception):
    """Ends the transaction of a trial."""


def try_out(act: Callable[[], object]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """Why it would be refused, in sentences (none: it is possible), and the mails that it would send."""
    mails: list[Mail] = []
    try:
        # The last steps of a unit of work, such as deriving the to-do, do not run: it ends by an exception.
        with transaction.atomic(), unit_of_work(), mails_collected() as mails:
            act()
            raise _TakenBack
    except _TakenBack:
        return (), summaries(mails)
    except Refused as refusal:
        return tuple(map(str, refusal.sentences)), []
    except (OperationalError, InterfaceError):
        raise  # the database is away
    except Exception:
        logger.exception("A trial failed")
        return (str(FAILED),), []


def summaries(mails: Iterable[Mail]) -> list[dict[str, Any]]:
    """One line for each subject: to how many people, and the words of the first, without greeting and address."""
    by_subject: dict[str, list[Mail]] = defaultdict(list)
    for mail in mails:
        by_subject[mail.subject].append(mail)
    return [{"subject": subject, "readers": len(of), "text": of[0].body} for subject, of in by_subject.items()]
