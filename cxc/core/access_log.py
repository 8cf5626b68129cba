"""Gunicorn's access log without the secrets of addresses; named by the Dockerfile."""

from typing import Any

from gunicorn.glogging import Logger

from cxc.core.secret_addresses import masked


class AccessLogger(Logger):
    """Gunicorn's logger, which masks the secrets of addresses."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        found = super().atoms(resp, req, environ, request_time)
        return {name: masked(value) if isinstance(value, str) else value for name, value in found.items()}
