"""Django's entry for exchanges."""

from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    name = "exchanges"

    def ready(self) -> None:
        """Hand down what profiles and matching need from here."""
        from cxc.ground import duties
        from exchanges import (
            blockers,
            news,
            todo,  # noqa: F401 - adds to the to-do page
        )
        from exchanges.duties import WATCHES
        from exchanges.services import effects, money_effects, paper_effects  # noqa: F401 - register what follows

        blockers.register()
        news.register()
        duties.watch(*WATCHES)
