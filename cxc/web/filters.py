"""Filters as Europeans write their values, for django-filter."""

import django_filters

from cxc.web.fields import DayField


class DayFilter(django_filters.DateFilter):
    """A filter by a local date, typed day first."""

    field_class = DayField
