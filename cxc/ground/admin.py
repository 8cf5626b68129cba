"""Where Django looks for the admin's pages of the shared records."""

from cxc.web.admin import records  # noqa: F401
