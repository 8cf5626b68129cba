"""Django's entry for profiles."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"

    def ready(self) -> None:
        """Register what follows a move."""
        from profiles.services import telling  # noqa: F401
