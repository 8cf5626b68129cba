"""Django's entry for matching."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        """Hand down what profiles needs from here."""
        from cxc.backups.restore import after_restore
        from cxc.core.erasure import retain
        from matching import (
            bulk,  # noqa: F401 - adds what can be done with many matches
            consequences,  # noqa: F401 - says what transitions bring about
            external_requirements,
            messages,  # noqa: F401 - lets people write about matches
            site_search,
            todo,  # noqa: F401 - adds to the to-do page
        )
        from matching.services import (
            interest,  # noqa: F401 - registers what of a match shows interest
            profile_indexes,
            transition_handlers,  # noqa: F401 - registers what follows a transition
        )
        from matching.services.bookmarks import erase_texts_of_person
        from profiles.services.people import on_anonymise

        external_requirements.register()
        site_search.register()
        on_anonymise(erase_texts_of_person)
        after_restore(profile_indexes.rebuild)
        retain("worked out anew from profiles", "matching.searchdocument", "matching.vocabularyword")
        _add_to_menu()


def _add_to_menu() -> None:
    from cxc.access.scoped import Principal
    from cxc.web import menu

    organisations = (Principal.ORGANISATION, Principal.PARTNERSHIP)
    watchers = (*organisations, Principal.SUPPORT_OFFICE, Principal.OBSERVER)
    menu.add(_("Best matches"), "best-matches-choose", *organisations, order=30, group=menu.Group.MATCHING)
    menu.add(
        _("Make matches"), "bench", Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE, order=35, group=menu.Group.MATCHING
    )
    menu.add(_("Catalogue"), "catalogue", *watchers, order=36, group=menu.Group.MATCHING)
    menu.add(_("Matches"), "matches", *watchers, order=37, group=menu.Group.MATCHING)
