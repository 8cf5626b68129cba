"""Reading settings from environment variables, with a sentence when one is missing."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


def flag(name: str, *, default: bool) -> bool:
    """True for 1, true, yes, on; False for anything else; `default` when unset."""
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    """The variable's value in one line; `default` when it is unset or empty."""
    return " ".join(os.environ.get(name, "").split()) or default


# An emblem is loaded with each page.
LARGEST_EMBLEM = 20_000
_NOT_IN_AN_EMBLEM = re.compile(rb"<script|<foreignObject|\son\w+=|javascript:|href=[\"'](?!#)", re.IGNORECASE)


def emblem(name: str) -> bytes:
    """The SVG file that the variable names, b"" when it is unset; RuntimeError when it can't be shown as it is."""
    path = os.environ.get(name, "")
    if not path:
        return b""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise RuntimeError(f"{name} names a file that cannot be read: {error}.") from error
    if b"<svg" not in content[:1000] or len(content) > LARGEST_EMBLEM or _NOT_IN_AN_EMBLEM.search(content):
        raise RuntimeError(
            f"{name} must be an SVG of at most {LARGEST_EMBLEM} bytes without scripts and without references elsewhere."
        )
    return content


def required(name: str) -> str:
    """The variable's value; RuntimeError naming it when it is missing."""
    value = os.environ.get(name, "")
    if not value:
        raise RuntimeError(f"Set {name}: production does not start without it (docs/production.md).")
    return value


# Django's own check asks for as much; `secrets.token_hex(32)` makes 64 characters.
SHORTEST_KEY = 50
SHORTEST_TOKEN = 32


def secret_key() -> str:
    """CXC_SECRET_KEY; RuntimeError when it is missing or can be guessed."""
    value = required("CXC_SECRET_KEY")
    if len(value) < SHORTEST_KEY or len(set(value)) < 5:
        raise RuntimeError(
            "CXC_SECRET_KEY is too easy to guess: it signs sessions and links. Make one of at least "
            f"{SHORTEST_KEY} characters with python3 -c 'import secrets; print(secrets.token_hex(32))'."
        )
    return value


def metrics_token() -> str:
    """CXC_METRICS_TOKEN; RuntimeError where it can be guessed."""
    value = os.environ.get("CXC_METRICS_TOKEN", "")
    if value and len(value) < SHORTEST_TOKEN:
        raise RuntimeError(f"CXC_METRICS_TOKEN is too easy to guess: take at least {SHORTEST_TOKEN} characters.")
    return value


def allowed_hosts() -> list[str]:
    """The names in CXC_ALLOWED_HOSTS; RuntimeError when they would let any name in."""
    names = [name.strip() for name in required("CXC_ALLOWED_HOSTS").split(",")]
    if not all(name.strip(".") for name in names) or any("*" in name for name in names):
        raise RuntimeError(
            "CXC_ALLOWED_HOSTS must name the portal's own hosts, such as portal.example: "
            "“*”, “.” and empty names would let anybody choose the portal's name."
        )
    return names


def site_address() -> str:
    """CXC_SITE_ADDRESS; RuntimeError unless it is https:// and a host, with nothing after it."""
    value = required("CXC_SITE_ADDRESS")
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or value != f"https://{parts.netloc}" or "@" in parts.netloc:
        raise RuntimeError(
            "CXC_SITE_ADDRESS must be https:// and the portal's host, without a slash at the end: "
            "links in mails begin with it."
        )
    return value


def openid_connect_apps(provider_id: str, name: str) -> list[dict[str, object]]:
    """The provider that signs people in, for django-allauth; none unless CXC_OIDC_SERVER names it.

    RuntimeError where the client's name or secret is missing, or the address is not https://.
    """
    server = os.environ.get("CXC_OIDC_SERVER", "")
    if not server:
        return []
    if urlsplit(server).scheme != "https":
        raise RuntimeError("CXC_OIDC_SERVER must begin with https://: it vouches for who people are.")
    return [
        {
            "provider_id": provider_id,
            "name": name,
            "client_id": required("CXC_OIDC_CLIENT_ID"),
            "secret": required("CXC_OIDC_CLIENT_SECRET"),
            "settings": {"server_url": server, "oauth_pkce_enabled": True},
        }
    ]


def origins(addresses: list[str]) -> list[str]:
    """Scheme and host of each address, as the Content-Security-Policy names them."""
    return [f"{urlsplit(address).scheme}://{urlsplit(address).netloc}" for address in addresses if address]


def backup_destination() -> str:
    """CXC_BACKUP_TO; RuntimeError unless it is empty, a path from the root or s3://bucket."""
    value = os.environ.get("CXC_BACKUP_TO", "")
    if value and not re.match(r"/|s3://[^/]", value):
        raise RuntimeError(
            "CXC_BACKUP_TO must be a path from the root, such as /srv/backups (parts of the portal run elsewhere), or "
            "s3://bucket/prefix."
        )
    return value


def files_store() -> str:
    """CXC_FILES_S3; RuntimeError unless it is empty or s3://bucket, with a prefix or none."""
    value = os.environ.get("CXC_FILES_S3", "")
    if value and not re.match("s3://[^/]", value):
        raise RuntimeError("CXC_FILES_S3 must be s3://bucket or s3://bucket/prefix.")
    return value


def bucket_options(address: str) -> dict[str, str]:
    """What `BucketStorage` is made with, from s3://bucket/prefix and the variables of its own access.

    RuntimeError with half an access: the other half would be taken from the variables AWS_….
    """
    bucket, _slash, prefix = address.removeprefix("s3://").partition("/")
    found = {"bucket_name": bucket, "location": prefix.strip("/")}
    key_id, secret = (os.environ.get(f"CXC_FILES_{name}", "") for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"))
    if bool(key_id) != bool(secret):
        raise RuntimeError("Set both CXC_FILES_ACCESS_KEY_ID and CXC_FILES_SECRET_ACCESS_KEY, or neither.")
    if not key_id:
        return found
    # An empty token, because storages would take AWS_SESSION_TOKEN, which belongs to the other access.
    return found | {"access_key": key_id, "secret_key": secret, "security_token": ""}


def clamav_socket() -> str:
    """CXC_CLAMAV_SOCKET; RuntimeError unless it is empty, a path or host:port."""
    value = os.environ.get("CXC_CLAMAV_SOCKET", "")
    if value and not value.startswith("/") and not value.rpartition(":")[2].isdigit():
        raise RuntimeError("CXC_CLAMAV_SOCKET must be a path such as /run/clamav/clamd.ctl, or host:port.")
    return value


def database_from_url(url: str) -> dict[str, object]:
    """Django's database settings from postgresql://user:password@host:port/name?option=value."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise RuntimeError("The address of a database must begin with postgresql://; the portal needs PostgreSQL.")
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
