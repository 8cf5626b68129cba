"""The small shared records that all apps stand on."""

from cxc.ground.models.events import StateEvent
from cxc.ground.models.files import StoredFile
from cxc.ground.models.form_draft import FormDraft
from cxc.ground.models.holidays import HolidayChange
from cxc.ground.models.mail import Mail
from cxc.ground.models.scheme import SchemeSettings

__all__ = ["FormDraft", "HolidayChange", "Mail", "SchemeSettings", "StateEvent", "StoredFile"]
