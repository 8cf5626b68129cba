"""Passwords that programs guess soon are refused, without asking anybody: the lists come with zxcvbn.

They hold 30,000 passwords of known breaches, names, words and keyboard rows; zxcvbn also finds them with a capital, a
year, a few signs or figures for letters added, which plain lists do not.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

# Guesses that a password stands. 10^8 is what nobody tries on a portal that counts wrong ones.
FEWEST_GUESSES = 10**8
# Longer ones take time to look at and are no easier to guess.
LOOKED_AT = 72
OWN_WORDS = ("clusterxchange", "cluster", "exchange", "portal", "cxc", "eismea", "demo")


class GuessablePasswordValidator:
    """For AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        known = [*OWN_WORDS, *_words_of(user)]
        if zxcvbn(password[:LOOKED_AT], user_inputs=known)["guesses"] < FEWEST_GUESSES:
            raise ValidationError(
                _("Programs guess this password soon: it is in lists of stolen passwords, or much like one."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("Three or four words that do not belong together are hard to guess.")


def _words_of(user: Any) -> list[str]:
    """What is known of the person: name and address, in pieces."""
    if user is None:
        return []
    words = f"{getattr(user, 'full_name', '')} {getattr(user, 'email', '')}".replace("@", " ").replace(".", " ")
    return [word for word in words.lower().split() if len(word) > 2]
