"""Warns the Support Office before the certificate of the seal expires: after that nothing can be sealed."""

from datetime import datetime

from django.utils.functional import lazystr

from cxc import clock
from cxc.access.scoped import Side
from cxc.comms.outbox import queue_mail
from cxc.comms.recipients import addressees_of
from cxc.seals.keys import SealKey, current_key

WARN_DAYS = (90, 30, 7)


def days_left(key: SealKey, now: datetime) -> int:
    """Whole days until the certificate expires; negative once it has."""
    return (key.valid_until - now).days


def warn_of_expiry() -> int:
    """Write to the Support Office 90, 30 and 7 days ahead, once each; the number of mails written now.

    A portal that was off on such a day warns by the last step that has passed.
    """
    key = current_key()
    left = days_left(key, clock.real_now())
    passed = [days for days in WARN_DAYS if left <= days]
    if not passed:
        return 0
    mails = queue_mail(
        template="seals/mail/expiry",
        to=addressees_of({Side.SO: ()}),
        context={"days": left, "valid_until": key.valid_until, "name": lazystr(key.certificate.subject.human_friendly)},
        key=f"seal-expiry/{key.certificate.sha256.hex()[:16]}/{min(passed)}",
    )
    return len(mails)
