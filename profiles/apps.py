"""Django's entry for profiles."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"

    def ready(self) -> None:
        """Register what follows a move, what is owed, and who is written to."""
        from cxc.ground import duties, recipients
        from profiles import todo  # noqa: F401 - adds to the to-do page
        from profiles.duties import PROFILES
        from profiles.recipients import people_on
        from profiles.services import telling  # noqa: F401

        recipients.find_people_with(people_on)
        duties.watch(PROFILES)
