"""Django's entry for matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"

    def ready(self) -> None:
        """Hand down what profiles needs from here."""
        from matching import blockers
        from matching.services import effects  # noqa: F401 - registers what follows a move

        blockers.register()
