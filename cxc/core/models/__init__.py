"""Records that all packages use: stored files, holidays, the settings of the scheme."""

from cxc.core.models.files import FileToDelete, StoredFile
from cxc.core.models.holidays import HolidayChange
from cxc.core.models.scheme import SchemeSettings

__all__ = ["FileToDelete", "HolidayChange", "SchemeSettings", "StoredFile"]
