"""Addresses with a secret in them, which open something to whoever knows it: their secrets stay out of the logs.

Rule: docs/security.md, Logs.
"""

import re

MASK = "…"
# What stands before a secret: invitations, calendars, mails that somebody stops, questions, confirmed addresses and new
# passwords.
_SECRET = re.compile(
    r"(/(?:invitations|calendar|me/weekly-mail/stop|catalogue/searches/stop|help/mine|account/confirm-email"
    r"|account/password/reset/key)/)([\w:%-]{6,})"
)


def masked(text: str) -> str:
    """The text with a sign in place of each secret."""
    return _SECRET.sub(rf"\1{MASK}", text)
