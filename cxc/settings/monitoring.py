"""Metrics, errors by mail and logging."""

import os

from cxc.settings.deployment import PRODUCTION
from cxc.settings.environment import metrics_token

# By it Prometheus reads `/metrics` over the network (docs/monitoring.md); empty: only this machine does.
METRICS_TOKEN = metrics_token()

# Who is told of errors by mail (docs/monitoring.md); nobody where it is empty.
ERROR_MAIL_ADDRESSES = [each.strip() for each in os.environ.get("CXC_ERROR_MAILS", "").split(",") if each.strip()]

# Everything goes to standard error, where a container or `.portal/logs` keeps it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "cxc.core.log_lines.PlainLines"},
        "json": {"()": "cxc.core.log_lines.JsonLines"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if PRODUCTION else "plain"},
        "mail": {"class": "cxc.core.error_mails.ErrorMailHandler"},
    },
    "root": {"handlers": ["console", "mail"], "level": os.environ.get("CXC_LOG_LEVEL", "INFO")},
    # Both makers of PDFs, and the client of the store, tell of each of their steps.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        **{name: {"level": "WARNING"} for name in ("weasyprint", "weasyprint.progress", "fontTools", "botocore")},
    },
}
