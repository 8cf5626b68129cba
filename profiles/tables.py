"""Lists as tables."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from profiles.models import Partnership


class PartnershipTable(tables.Table):
    """Partnerships, for everybody."""

    acronym = tables.Column(linkify=lambda record: record.get_absolute_url())
    sectors = tables.ManyToManyColumn(orderable=False)

    class Meta:
        model = Partnership
        fields = ("acronym", "full_name", "seat", "sectors")
        empty_text = _("No Partnership yet.")
        attrs = {"class": "table"}
