"""What people call the zones whose city has another name, or another article, in another language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: Mapping[str, Promise] = {
    "Asia/Nicosia": _("Nicosia time"),
    "Asia/Yerevan": _("Yerevan time"),
    "Atlantic/Reykjavik": _("Reykjavik time"),
    "Europe/Amsterdam": _("Amsterdam time"),
    "Europe/Athens": _("Athens time"),
    "Europe/Brussels": _("Brussels time"),
    "Europe/Bucharest": _("Bucharest time"),
    "Europe/Copenhagen": _("Copenhagen time"),
    "Europe/Helsinki": _("Helsinki time"),
    "Europe/Istanbul": _("Istanbul time"),
    "Europe/Lisbon": _("Lisbon time"),
    "Europe/London": _("London time"),
    "Europe/Malta": _("Malta time"),
    "Europe/Oslo": _("Oslo time"),
    "Europe/Tirane": _("Tirana time"),
    "Europe/Vienna": _("Vienna time"),
    "Europe/Warsaw": _("Warsaw time"),
}
