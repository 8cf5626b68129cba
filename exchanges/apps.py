"""Django's entry for exchanges."""

from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    name = "exchanges"

    def ready(self) -> None:
        """Hand down what profiles and matching need from here."""
        from exchanges import blockers
        from exchanges.services import effects, paper_effects  # noqa: F401 - register what follows a move

        blockers.register()
