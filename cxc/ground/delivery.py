"""Sending what lies in the outbox, each mail once, however many workers look at it.

draft → sending → sent, or failed with its error and tried again later. The change to `sending` is
committed before anything leaves the house: two workers can't both send a row. A worker that dies in
between leaves a row of which nobody knows whether it left; it is shown as failed and not sent again
by itself, for a mail twice is worse than one that a person looks at.
"""

import logging
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet

from cxc import clock
from cxc.ground.mail_headers import AUTOMATIC
from cxc.ground.models.mail import Mail

logger = logging.getLogger(__name__)

Status = Mail.Status
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
# After this long a row that is still `sending` was left behind by a worker that died.
LEASE = timedelta(minutes=15)
_BATCH = 200


def deliver_waiting() -> int:
    """Send what is due, oldest first; the number of mails sent."""
    give_up_lost_ones()
    ids = due(clock.now()).order_by("pk").values_list("pk", flat=True)[:_BATCH]
    return sum(deliver(pk) for pk in list(ids))


def due(now: datetime) -> QuerySet[Mail]:
    """Drafts, and failed mails whose next attempt has come (or lies far ahead: the clock was moved back)."""
    again = Q(try_after__lte=now) | Q(try_after__gt=now + LONGEST_WAIT)
    return Mail.objects.filter(Q(status=Status.DRAFT) | (Q(status=Status.FAILED, attempts__lt=MOST_ATTEMPTS) & again))


def deliver(pk: int) -> bool:
    """Send one mail if it is due and nobody else is sending it; whether it was sent."""
    mail = _take(pk)
    if mail is None:
        return False
    try:
        _send(mail)
    except Exception as error:  # whatever the mail server says, the next mail must not wait for it
        logger.warning("Mail %s was not sent: %s", pk, error)
        _fail(mail, f"{type(error).__name__}: {error}")
        return False
    mail.status, mail.sent_at, mail.error = Status.SENT, clock.now(), ""
    mail.save(update_fields=["status", "sent_at", "error"])
    return True


def send_again(mails: QuerySet[Mail]) -> int:
    """A person asks for another round of attempts for those of these mails that failed; how many."""
    return mails.filter(status=Status.FAILED).update(status=Status.DRAFT, attempts=0)


def give_up_lost_ones() -> int:
    """Mails that a worker left behind while sending become failed ones for a person to look at."""
    return Mail.objects.filter(status=Status.SENDING, try_after__lte=clock.now()).update(
        status=Status.FAILED,
        attempts=MOST_ATTEMPTS,
        error="The worker stopped while sending: it may have been delivered. Send it again if it was not.",
    )


def _take(pk: int) -> Mail | None:
    """The row, marked as being sent and committed so; None where another has it."""
    now = clock.now()
    with transaction.atomic(durable=True):
        mail = due(now).select_for_update(skip_locked=True).filter(pk=pk).first()
        if mail is None:
            return None
        mail.status, mail.attempts, mail.try_after = Status.SENDING, mail.attempts + 1, now + LEASE
        mail.save(update_fields=["status", "attempts", "try_after"])
    return mail


def _send(mail: Mail) -> None:
    answers = [mail.reply_to] if mail.reply_to else None
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to_address], reply_to=answers)
    # So that no out-of-office answers come back, and threads hold together.
    message.extra_headers = AUTOMATIC | {"X-CXC-Mail": str(mail.pk)}
    if mail.unsubscribe:  # RFC 8058: the mail program shows a button of its own
        message.extra_headers |= {
            "List-Unsubscribe": f"<{mail.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()


def _fail(mail: Mail, error: str) -> None:
    wait = min(FIRST_WAIT * 2 ** (mail.attempts - 1), LONGEST_WAIT)
    mail.status, mail.error, mail.try_after = Status.FAILED, error, clock.now() + wait
    mail.save(update_fields=["status", "error", "try_after"])
