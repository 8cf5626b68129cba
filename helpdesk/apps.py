"""Django's entry for helpdesk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpdeskConfig(AppConfig):
    name = "helpdesk"
    verbose_name = _("Questions and answers")

    def ready(self) -> None:
        """Open questions on the to-do page, the texts of who is forgotten."""
        from helpdesk import consequences, site_search, todo  # noqa: F401 - register by being imported
        from helpdesk.services.erasure import erase_texts_of_person
        from profiles.services.people import on_anonymise

        site_search.register()
        on_anonymise(erase_texts_of_person)
