"""Rate limits, all of them.

Signing in, registering and new passwords: read by django-allauth and `profiles.sign_in_limits`. Everything else that
sends mail, renders or searches: read by `cxc.access.rate_limits`.
"""

from typing import NamedTuple

RATES = {
    # Tries, right ones too, and what the page of too many requests tells of: all by the minute.
    "login": "300/m/ip",
    "signup": "100/m/ip",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
    # Wrong passwords: by account and address together, by account, by address.
    "login_failed": "5/5m/key,15/h/key,50/d/key",
    "login_failed_from_anywhere": "20/h/key,100/d/key",
    "login_failed_by_address": "100/m/ip,1000/h/ip",
}

# Signing in with a passkey: no secret that can be guessed, but each try makes a challenge.
SECOND_FACTOR_RATES = {"webauthn_login": "100/m/ip"}


class Rate(NamedTuple):
    """At most so many in so many seconds; `posts_only`: reading is not counted."""

    most: int
    seconds: int
    posts_only: bool = False


RATE_LIMITS = {
    # By person, or by network address where nobody is signed in.
    "mail": Rate(300, 600, posts_only=True),  # whatever a form brings about that is told by mail
    "render": Rate(120, 600),  # PDFs, spreadsheets and archives
    "picture": Rate(1_200, 600),  # pages of files, of which a reading desk shows many
    "search": Rate(240, 60),  # a letter typed is a search
    # The proof of a document, by network: a hash or a code is one query, a file is read by a process of its own.
    "proof_lookup": Rate(200, 3_600),
    "proof_file": Rate(30, 3_600),
    # Questions to the help desk.
    "question_by_network": Rate(10, 3_600),  # an office may share one
    "question_by_address": Rate(3, 3_600),  # to be confirmed there
    # One person's messages, or one visitor's question: two machines that answer each other stop there too.
    "message": Rate(30, 3_600),
}
