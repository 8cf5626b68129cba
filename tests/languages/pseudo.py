"""A made-up language: every text that goes through gettext comes back in brackets, so that what did not stands bare."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.utils import translation
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import trans_real

from cxc.core import moments
from cxc.todo import stages
from exchanges.templatetags import workspace
from matching.fit import sentences, snapshot
from matching.fit.translator import translator_for

OPEN, CLOSE = "⟦", "⟧"


def _bracketed(message: str) -> str:
    said = f"{OPEN}{message.rpartition(trans_real.CONTEXT_SEPARATOR)[2]}{CLOSE}" if message else ""
    return mark_safe(said) if isinstance(message, SafeData) else said


def _bracketed_number(singular: str, plural: str, number: int, _function: str) -> str:
    return _bracketed(singular if number == 1 else plural)


@contextmanager
def active() -> Iterator[None]:
    """Within the block each language says everything in brackets; the forms of dates and numbers stay."""
    translation.gettext("")  # Django looks its functions up at the first call
    with ExitStack() as stack:
        stack.callback(_forget_what_was_said)
        stack.enter_context(patch.object(trans_real, "gettext", _bracketed))
        stack.enter_context(patch.object(trans_real, "do_ntranslate", _bracketed_number))
        stack.enter_context(patch("django.utils.translation._trans.gettext", _bracketed))
        _forget_what_was_said()
        yield


def _forget_what_was_said() -> None:
    """Sentences that the portal keeps in its process are bare if said before, and in brackets if said within."""
    translator_for.cache_clear()
    sentences.days_sentence.cache_clear()
    moments.day_text.cache_clear()
    stages._steps.cache_clear()
    for words in (workspace._head, workspace._opening, workspace._turn):
        words.cache_clear()
    snapshot.clear()  # with it the sentences of its names
