"""One connection to the mail server, and what its answers mean for a mail and for the round of mails.

| answer | the mail | the round |
|---|---|---|
| no connection | stays as it is, no attempt is counted | ends |
| silence, a cut connection, 421, the sender refused | is tried again later | ends |
| 4xx | is tried again later, after growing waits | goes on |
| 5xx for the recipient or the text | has failed for good | goes on |
"""

import contextlib
import smtplib
from collections.abc import Iterator
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.crypto import salted_hmac

from cxc.circuit_breaker import CircuitBreaker
from cxc.comms.models import Mail

CLOSING, TOO_LARGE = 421, 552
# Shorter than the outbox's round, so that each round of a worker finds out anew.
breaker = CircuitBreaker("The mail server", rest=50)


class ServerAwayError(Exception):
    """There is no connection to the mail server; nothing was sent."""


@contextlib.contextmanager
def connected() -> Iterator[BaseEmailBackend]:
    """An open connection. `ServerAwayError` where there is none, at once for a while after the last such try."""
    if not breaker.allows_call():
        raise ServerAwayError("The mail server did not answer a moment ago.")
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
    except OSError as error:  # smtplib's own exceptions too
        _drop(connection)
        breaker.failed(error)
        raise ServerAwayError(f"{type(error).__name__}: {error}") from error
    breaker.worked()
    try:
        yield connection
    finally:
        with contextlib.suppress(OSError):
            connection.close()


def send(message: EmailMessage, connection: BaseEmailBackend) -> None:
    """Send over that connection. Raises what the server said; see `ends_round` and `is_final`."""
    message.connection = connection
    try:
        message.send()
    except Exception as error:
        if ends_round(error):
            _drop(connection)
            breaker.failed(error)
        raise


def ends_round(error: BaseException) -> bool:
    """Whether the next mail would fare no better just now."""
    if isinstance(error, smtplib.SMTPSenderRefused):
        return error.smtp_code != TOO_LARGE
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == CLOSING
    return isinstance(error, OSError) and not isinstance(
        error, smtplib.SMTPRecipientsRefused | smtplib.SMTPNotSupportedError
    )


def is_final(error: BaseException) -> bool:
    """Whether it would be refused again, whenever it is tried."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500 and not ends_round(error)
    return isinstance(error, smtplib.SMTPNotSupportedError)


def message_id(mail: Mail) -> str:
    """The same for all tries of one mail, so that a mail server that has it already drops the second."""
    key = salted_hmac("cxc.comms.mail_server", f"{mail.pk} {mail.created_at}", algorithm="sha256").hexdigest()[:20]
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{mail.pk}.{key}@{host}>"


def _drop(connection: BaseEmailBackend) -> None:
    """Close it without a word: a server that is silent would be waited for once more."""
    for name in ("connection", "_partial_connection"):
        opened = getattr(connection, name, None)
        if opened is not None:
            with contextlib.suppress(OSError):
                opened.close()
            setattr(connection, name, None)
