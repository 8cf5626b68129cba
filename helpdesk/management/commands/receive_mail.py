"""`./portal manage receive_mail`: reads one mail from standard input, for a mail server's pipe."""

import logging
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from helpdesk.services.incoming_mail import MAX_BYTES, MailRejected, MailWithoutText, receive_mail

logger = logging.getLogger(__name__)

# What mail servers understand (sysexits.h): bounce it (nothing to take, or nobody's), or try again later.
DATA_ERROR, NO_USER, TRY_AGAIN = 65, 67, 75


class Command(BaseCommand):
    help = "Take an answer to a question from a mail on standard input; for a mail server's pipe (docs/help.md)."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            outcome = receive_mail(sys.stdin.buffer.read(MAX_BYTES + 1))
        except MailRejected as rejection:
            self.stderr.write(str(rejection))
            sys.exit(DATA_ERROR if isinstance(rejection, MailWithoutText) else NO_USER)
        except DatabaseError as error:
            self.stderr.write(f"The portal's database does not answer: {type(error).__name__}")
            sys.exit(TRY_AGAIN)
        except Exception as error:  # whatever it is: the mail server keeps the mail, and nothing is lost
            logger.exception("A mail could not be read.")
            self.stderr.write(f"The portal could not read this mail now: {type(error).__name__}")
            sys.exit(TRY_AGAIN)
        self.stdout.write(str(outcome))
