"""Gunicorn's own lines in the form of the portal's; named by the Dockerfile."""

from typing import Any

from gunicorn.glogging import Logger

from cxc.core.log_lines import JsonLines


class GunicornLogger(Logger):
    """Gunicorn's logger. Answers are not its matter: `cxc.web.middleware.request_log` writes a line for each."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())
