"""The Support Office's admin: what all its pages share, and the pages of the shared records."""

from cxc.web.admin import records  # noqa: F401 - registers them
