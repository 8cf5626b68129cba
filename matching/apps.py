"""Django's entry for matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"

    def ready(self) -> None:
        """Hand down what profiles needs from here."""
        from cxc.ground import duties
        from matching import (
            blockers,
            todo,  # noqa: F401 - adds to the to-do page
        )
        from matching.duties import PROPOSALS
        from matching.services import effects  # noqa: F401 - registers what follows a move

        blockers.register()
        duties.watch(PROPOSALS)
