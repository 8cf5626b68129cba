"""How something is refused: always with a sentence that says why and what to do."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """Something was not carried out; nothing was changed. `sentences` are for the person."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences

    def __str__(self) -> str:
        return " ".join(self.sentences)


class FilesUnavailable(Refused):
    """Files can't be stored, or not be read, just now."""


class NoRoom(FilesUnavailable):
    """A disk is full: nothing was stored."""

    def __init__(self) -> None:
        super().__init__(_("The portal's disk is full, so nothing was saved. Please try again later."))


class StoreAway(FilesUnavailable):
    """The store of files does not answer, or does not let the portal in."""
