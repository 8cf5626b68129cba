"""Django's entry for profiles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfilesConfig(AppConfig):
    name = "profiles"
    verbose_name = _("Profiles")

    def ready(self) -> None:
        """Register what is owed, who is written to, and the menu's entries."""
        from cxc.access.actors import set_actor_finder
        from cxc.access.principal_names import set_names_finder
        from cxc.comms import recipients
        from cxc.core import folding
        from cxc.messaging.erasure import erase_texts_of_person
        from cxc.messaging.reply_addresses import set_reply_address_finder
        from profiles import bulk, consequences, messages, site_search, todo  # noqa: F401 - register by being imported
        from profiles.queries.principal_names import names_of
        from profiles.queries.principals import actor_for_principal
        from profiles.queries.recipients import addressees_of
        from profiles.queries.reply_addresses import reply_address
        from profiles.reference_names import NAMES
        from profiles.services.people import on_anonymise
        from profiles.session_signals import connect

        connect()
        folding.register_names(NAMES)
        recipients.set_people_finder(addressees_of)
        set_names_finder(names_of)
        set_reply_address_finder(reply_address)
        on_anonymise(erase_texts_of_person)
        set_actor_finder(actor_for_principal)
        site_search.register()
        _retain()
        _fill_menu()


def _retain() -> None:
    """What stays as it was written when a person is forgotten."""
    from cxc.core.erasure import retain

    retain("a record that nobody may change", "workflow.stateevent")
    retain("the register and the scheme's data", "profiles.clusterorganisation", "profiles.generation")
    bodies = ("profiles.organisation", "profiles.partnership", "profiles.coordinatingorganisation", "profiles.profile")
    retain("what a body says of itself, and may change at any time", *bodies)
    retain("who approved an exception, and when", "profiles.eligibilityexception")


def _fill_menu() -> None:
    from cxc.access.scoped import Principal
    from cxc.web import menu

    menu.add(_("Begin here"), "welcome", Principal.NONE, order=10)
    menu.add(_("My profiles"), "profiles", Principal.ORGANISATION, order=20)
    menu.add(_("Profiles"), "profiles", Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE, Principal.OBSERVER, order=20)
    menu.add(_("My organisation"), "organisation-mine", Principal.ORGANISATION, order=70, under=["/organisations/"])
    menu.add(_("My Partnership"), "partnership-mine", Principal.PARTNERSHIP, order=70, group=menu.Group.PERSON)
    menu.add(_("Act for somebody else"), "act-for", order=95, group=menu.Group.PERSON)
    menu.add(_("My settings"), "me", order=96, group=menu.Group.PERSON)
    menu.add(_("Partnerships"), "partnerships", order=80, public=True, group=menu.Group.ABOUT)
