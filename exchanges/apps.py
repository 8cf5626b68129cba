"""Django's entry for exchanges."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangesConfig(AppConfig):
    name = "exchanges"
    verbose_name = _("Exchanges")

    def ready(self) -> None:
        """Hand down what profiles and matching need from here."""

        from exchanges import site_search, workflow

        workflow.register()
        site_search.register()
        self._retain()
        self._fill_the_menu()

    def _retain(self) -> None:
        """What stays as it was written when a person is forgotten."""
        from cxc.core.erasure import retain

        documents = (
            "sharedpart",
            "agendaitem",
            "ownpart",
            "financialagreement",
            "documentversion",
            "agreementterms",
            "signature",
        )
        retain(
            "what was agreed, signed and paid has to be shown for as long as the grant may be audited",
            *(f"exchanges.{name}" for name in (*documents, "exchange", "visit", "payment", "finalactivityreport")),
        )

    def _fill_the_menu(self) -> None:
        from cxc.access.scoped import Principal
        from cxc.web import menu

        offices = (Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE, Principal.OBSERVER)
        group, office = menu.Group.EXCHANGES, menu.Group.OFFICE
        menu.add(_("My exchanges"), "exchanges", Principal.ORGANISATION, order=40, group=group)
        menu.add(_("Exchanges"), "exchanges", *offices, order=40, group=group)
        menu.add(_("Visits"), "visits", Principal.ORGANISATION, *offices, order=45, group=group)
        deciders = (Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE)
        menu.add(_("Evidence and reports"), "decisions", *deciders, order=46, group=group)
        menu.add(_("Payments"), "payments", *offices, order=47, group=group)
        menu.add(_("Open visits"), "open_visits", Principal.ORGANISATION, *offices, order=44, group=group)
        menu.add(_("Validation"), "validation", Principal.SUPPORT_OFFICE, order=50, group=office)
        menu.add(_("Record afterwards"), "record", Principal.SUPPORT_OFFICE, order=55, group=office)
