"""Sending what lies in the outbox, each mail once, however many workers look at it.

draft → sending → sent, or failed with its error and tried again later. The change to `sending` is
committed before anything leaves the house: two workers can't both send a row. A worker that dies in
between leaves a row of which nobody knows whether it left; it is shown as failed and not sent again
by itself, for a mail twice is worse than one that a person looks at. What the mail server's answers mean
stands in `cxc.comms.mail_server`.
"""

import logging
import smtplib
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet

from cxc import clock
from cxc.comms import mail_server
from cxc.comms.headers import AUTOMATIC
from cxc.comms.models import Mail

logger = logging.getLogger(__name__)

Status = Mail.Status
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
# After this long a row that is still `sending` was left behind by a worker that died.
LEASE = timedelta(minutes=15)
_BATCH = 200
# A round ends before the next one begins; what it left is the next one's. Real seconds.
MOST_SECONDS = 50


def deliver_due() -> int:
    """Send what is due, oldest first; the number of mails sent."""
    fail_abandoned()
    return deliver(list(due(clock.now()).order_by("pk").values_list("pk", flat=True)[:_BATCH]))


def due(now: datetime) -> QuerySet[Mail]:
    """Drafts, and failed mails whose next attempt has come (or lies far ahead: the clock was moved back)."""
    again = Q(try_after__lte=now) | Q(try_after__gt=now + LONGEST_WAIT)
    return Mail.objects.filter(Q(status=Status.DRAFT) | (Q(status=Status.FAILED, attempts__lt=MOST_ATTEMPTS) & again))


def unsent() -> QuerySet[Mail]:
    """All that are to be sent, now or later: neither sent nor failed for good."""
    again = Q(status=Status.FAILED, attempts__lt=MOST_ATTEMPTS)
    return Mail.objects.filter(Q(status__in=(Status.DRAFT, Status.SENDING)) | again)


def deliver(ids: Sequence[int]) -> int:
    """Send those of these that are due and that nobody else is sending, over one connection; how many were sent.

    The round ends at the first sign that the mail server does not work; what is left waits for the next round.
    """
    if not ids:
        return 0
    try:
        with mail_server.connected() as connection:
            return sum(_round(ids, connection))
    except mail_server.ServerAwayError as error:
        logger.info("%s mails wait: %s", len(ids), error)
        return 0


def _round(ids: Sequence[int], connection: BaseEmailBackend) -> Iterator[bool]:
    """Whether each was sent."""
    end = time.monotonic() + MOST_SECONDS
    for pk in ids:
        error = None
        mail = _claim(pk)
        if mail is not None:
            error = _try(mail, connection)
            yield error is None
        if time.monotonic() > end or (error is not None and mail_server.ends_round(error)):
            return


def _try(mail: Mail, connection: BaseEmailBackend) -> Exception | None:
    """Send one that was taken; what went wrong."""
    try:
        mail_server.send(message_of(mail), connection)
    except Exception as error:  # whatever the mail server says, the next mail must not wait for it
        logger.warning("Mail %s was not sent: %s", mail.pk, error)
        _fail(mail, error)
        return error
    mail.status, mail.sent_at, mail.error = Status.SENT, clock.now(), ""
    if mail.is_private:
        mail.text = mail.html = ""
    mail.save(update_fields=["status", "sent_at", "error", "text", "html"])
    return None


def deliver_at_once(message: EmailMessage) -> None:
    """Send a mail for which somebody waits before the screen: to confirm an address, for a new password.

    What the mail server does not take now becomes a mail of the outbox. It opens an account, so nobody reads its words
    there, and they are erased once it is sent.
    """
    row = Mail.objects.create(
        to_address=message.to[0],
        subject=message.subject[:250],
        text=str(message.body),
        html=next((str(html) for html, _kind in getattr(message, "alternatives", [])), ""),
        is_private=True,
        status=Status.SENDING,
        attempts=1,
        try_after=clock.now() + LEASE,
    )
    message.extra_headers["Message-ID"] = mail_server.message_id(row)
    try:
        with mail_server.connected() as connection:
            mail_server.send(message, connection)
    except mail_server.ServerAwayError:
        row.status, row.attempts = Status.DRAFT, 0
        row.save(update_fields=["status", "attempts"])
    except Exception as error:
        logger.warning("Mail %s was not sent: %s", row.pk, error)
        _fail(row, error)
    else:
        row.delete()


def retry_failed(mails: QuerySet[Mail]) -> int:
    """A person asks for another round of attempts for those of these mails that failed; how many."""
    return mails.filter(status=Status.FAILED).update(status=Status.DRAFT, attempts=0)


def fail_abandoned() -> int:
    """Mails that a worker left behind while sending become failed ones for a person to look at."""
    return Mail.objects.filter(status=Status.SENDING, try_after__lte=clock.now()).update(
        status=Status.FAILED,
        attempts=MOST_ATTEMPTS,
        error="The worker stopped while sending: it may have been delivered. Send it again if it was not.",
    )


def _claim(pk: int) -> Mail | None:
    """The row, marked as being sent and committed so; None where another has it."""
    now = clock.now()
    with transaction.atomic(durable=True):
        mail = due(now).select_for_update(skip_locked=True).filter(pk=pk).first()
        if mail is None:
            return None
        mail.status, mail.attempts, mail.try_after = Status.SENDING, mail.attempts + 1, now + LEASE
        mail.save(update_fields=["status", "attempts", "try_after"])
    return mail


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """The message that is sent for a mail."""
    answers = [mail.reply_to] if mail.reply_to else None
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to_address], reply_to=answers)
    # So that no out-of-office answers come back, and threads hold together.
    message.extra_headers = AUTOMATIC | {"X-CXC-Mail": str(mail.pk), "Message-ID": mail_server.message_id(mail)}
    if mail.unsubscribe:  # RFC 8058: the mail program shows a button of its own
        message.extra_headers |= {
            "List-Unsubscribe": f"<{mail.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _fail(mail: Mail, error: Exception) -> None:
    """Failed: for good, or until the next attempt."""
    wait = min(FIRST_WAIT * 2 ** (mail.attempts - 1), LONGEST_WAIT)
    mail.status, mail.error, mail.try_after = Status.FAILED, _error_text(error), clock.now() + wait
    if mail_server.is_final(error):
        mail.attempts = MOST_ATTEMPTS
    mail.save(update_fields=["status", "error", "try_after", "attempts"])


def _error_text(error: Exception) -> str:
    answer = str(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answer = "; ".join(f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        answer = f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    ending = " (refused for good: it is not tried again)" if mail_server.is_final(error) else ""
    return f"{type(error).__name__}: {answer}{ending}"
