"""Mails: which server takes them, and where answers are read."""

import os

from cxc.settings.deployment import PRODUCTION, VAR_DIR
from cxc.settings.environment import flag, required

EMAIL_HOST = os.environ.get("CXC_EMAIL_HOST", "")
# A folder that collects the mails instead: what `./portal up` does, so that a demo writes to nobody.
EMAIL_FILE_PATH = os.environ.get("CXC_EMAIL_DIR", str(VAR_DIR / "mails"))
EMAIL_BACKEND = f"{'django.core.mail.backends.smtp' if EMAIL_HOST else 'cxc.comms.file_backend'}.EmailBackend"
if PRODUCTION:
    required("CXC_EMAIL_HOST")
EMAIL_PORT = int(os.environ.get("CXC_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("CXC_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CXC_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("CXC_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 10  # for each answer of the mail server
DEFAULT_FROM_EMAIL = os.environ.get("CXC_EMAIL_FROM", "ClusterXchange portal <portal@cxc.example>")
# Where answers to questions are read (docs/help.md): help@portal.example; '' where no mail server hands them on.
HELP_MAILBOX = os.environ.get("CXC_HELP_MAILBOX", "")
