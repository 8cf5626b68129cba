"""The questions, as data. Numbers are named, never written; `scheme_values.values_by_name` has them."""

from django.utils.translation import gettext_lazy as _

from helpdesk.faq.entries import before_match, exchanges, portal
from helpdesk.faq.entries.entry import Entry

__all__ = ["ENTRIES", "GROUPS", "Entry"]

GROUPS = {
    "taking-part": _("Who may take part"),
    "profile": _("Profiles and finding each other"),
    "preparation": _("Dates, agenda and papers"),
    "money": _("Money"),
    "after": _("After the stay"),
    "portal": _("This portal and your data"),
}

ENTRIES = (*before_match.ENTRIES, *exchanges.ENTRIES, *portal.ENTRIES)
