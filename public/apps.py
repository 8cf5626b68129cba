"""Django's entry for public."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "public"
    verbose_name = _("Public pages")

    def ready(self) -> None:
        """The public pages in the menu, and for search engines."""
        from cxc.web import menu, sitemap

        menu.add(_("How it works"), "how-it-works", order=60, public_only=True)
        menu.add(_("May we take part?"), "eligibility", order=70, public_only=True)
        menu.add(_("Map of hosts"), "host-map", order=75, public_only=True)
        sitemap.add_pages(*_INDEXED)


# In the order in which the map of the site names them.
_INDEXED = (
    "home",
    "how-it-works",
    "eligibility",
    "host-map",
    "proof",
    "stories",
    "partnerships",
    "partnership",
    "statistics",
    "faq",
    "help",
    "accessibility",
    "privacy",
    "account_signup",
    "account_login",
)
