"""Reading settings from environment variables, with a sentence when one is missing."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit


def flag(name: str, *, default: bool) -> bool:
    """True for 1, true, yes, on; False for anything else; `default` when unset."""
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


def required(name: str) -> str:
    """The variable's value; RuntimeError naming it when it is missing."""
    value = os.environ.get(name, "")
    if not value:
        raise RuntimeError(f"Set {name}: production does not start without it (docs/production.md).")
    return value


def database_from_url(url: str) -> dict[str, object]:
    """Django's database settings from postgresql://user:password@host:port/name?option=value."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise RuntimeError("DATABASE_URL must begin with postgresql://; the portal needs PostgreSQL.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def redis_database(url: str, number: int) -> str:
    """The same Redis, another of its numbered databases."""
    return urlsplit(url)._replace(path=f"/{number}").geturl()
