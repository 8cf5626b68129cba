"""What readers are told of a seal that is still to come."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.core.moments import local_day


def sealed_after_text(until: datetime, time_zone: str) -> str:
    """When a version is sealed to which signatories may object `until` then; the day in the time zone of the visit."""
    day = date_format(local_day(until, time_zone))
    return _("Sealed after %(day)s, if no signatory objects until then") % {"day": day}
