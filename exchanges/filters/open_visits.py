"""The filter of the list of open visits."""

from django.utils.translation import gettext_lazy as _

from cxc.web.listing import ListFilter, days_filter
from exchanges.filters import fields


class OpenVisitFilter(ListFilter):
    """Open visits by host country, modality and days; the profile they are looked at for stands beside it."""

    country = fields.country("host_profile__organisation__country")
    modality = fields.modality()


OpenVisitFilter.add_filters(
    **{
        "from": days_filter(_("Not before"), "first_day", "gte"),
        "to": days_filter(_("Not after"), "last_day", "lte"),
    }
)
