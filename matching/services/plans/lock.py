"""The lock that keeps two workers from one plan."""

from contextlib import AbstractContextManager

from cxc.core.pooling import advisory_lock

# Any number, the same in every process: it keeps these locks apart from other ones.
LOCK_CLASS = 30_003


def plan_lock(pk: int) -> AbstractContextManager[bool]:
    """Whether nobody else is at this plan; nobody else is while the block runs.

    No lock of its row: the page reads and the progress is written meanwhile.
    """
    return advisory_lock(LOCK_CLASS, pk % 2**31)
