"""Django's entry for cxc.web."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "cxc.web"
    label = "web"
    verbose_name = _("Form drafts")

    def ready(self) -> None:
        """The menu gets the to-do page and the way into the Django admin; the search finds what is in the menu."""
        from cxc.access.scoped import Principal
        from cxc.web import menu
        from cxc.web.site_search import pages, sources

        menu.add(_("To-do"), "todo", order=10)
        menu.add(_("Data and records"), "admin:index", Principal.SUPPORT_OFFICE, order=85, group=menu.Group.OFFICE)
        menu.add(_("Components"), "components", Principal.SUPPORT_OFFICE, order=86, group=menu.Group.OFFICE)
        sources.add_source(_("Pages"), pages.find_pages, order=10)
        sources.add_source(_("Actions"), pages.find_actions, order=20)
