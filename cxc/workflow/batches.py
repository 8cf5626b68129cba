"""Doing something with many things, so that one's failure stops nobody else's."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import models

from cxc.core.refusals import Refused
from cxc.workflow.unit_of_work import unit_of_work

logger = logging.getLogger(__name__)
T = TypeVar("T", bound=models.Model)


def process_each(things: Iterable[T], act: Callable[[T], object]) -> int:
    """Do it with each, each in a transaction of its own; with how many it was done.

    What refuses has changed since it was looked up (another worker was quicker): nothing to say. What
    fails is logged with the thing, and the next run tries again.
    """
    return sum(_one(thing, act) for thing in things)


def _one(thing: T, act: Callable[[T], object]) -> bool:
    kind, pk = thing._meta.label_lower, thing.pk
    try:
        with unit_of_work():
            act(thing)
    except Refused as refusal:
        logger.info("%s %s left as it is: %s", kind, pk, refusal)
        return False
    except Exception:
        logger.exception("%s %s failed; the next run tries again", kind, pk)
        return False
    return True
