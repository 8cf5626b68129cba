import os
import subprocess
from collections.abc import Callable

import pytest

from cxc.settings import environment
from launch.paths import PYTHON, ROOT

NEEDED = {
    "CXC_SECRET_KEY": "0123456789abcdef" * 4,
    "CXC_ALLOWED_HOSTS": "portal.example",
    "CXC_SITE_ADDRESS": "https://portal.example",
    "CXC_EMAIL_HOST": "mail.example",
    "CXC_SEAL_KEY_FILE": "/run/secrets/seal-key.pem",
    "CXC_SEAL_CERTIFICATE_FILE": "/run/secrets/seal-certificate.pem",
    "DATABASE_URL": "postgresql://cxc@127.0.0.1:1/cxc",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def start(code: str = "import cxc.settings", **settings: str) -> str:
    """What production says when it starts with these settings, and runs this; empty when all is well."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CXC_", "DJANGO_"))}
    env = {name: value for name, value in kept.items() if name not in NEEDED} | {"CXC_ENV": "production"} | settings
    done = subprocess.run([PYTHON, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.stderr.strip().rpartition("\n")[2]


def test_starts_with_what_it_needs() -> None:
    assert start(**NEEDED) == ""


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_names_what_is_missing(name: str) -> None:
    settings = {key: value for key, value in NEEDED.items() if key != name}
    expected = f"RuntimeError: Set {name}: production does not start without it (docs/production.md)."
    assert start(**settings) == expected


@pytest.mark.parametrize("name", ["CXC_MOVABLE_CLOCK", "CXC_DEMO_WORLD", "CXC_DEBUG"])
def test_refuses_what_belongs_on_a_desk(name: str) -> None:
    assert f"{name} is not for production" in start(**NEEDED, **{name: "1"})


@pytest.mark.parametrize(
    ("reader", "name", "value", "told"),
    [
        (environment.secret_key, "CXC_SECRET_KEY", "short-key", "too easy to guess"),
        (environment.secret_key, "CXC_SECRET_KEY", "x" * 60, "too easy to guess"),
        (environment.allowed_hosts, "CXC_ALLOWED_HOSTS", "*", "must name the portal's own hosts"),
        (environment.allowed_hosts, "CXC_ALLOWED_HOSTS", "portal.example, *", "must name the portal's own hosts"),
        (environment.allowed_hosts, "CXC_ALLOWED_HOSTS", "portal.example,", "must name the portal's own hosts"),
        (environment.allowed_hosts, "CXC_ALLOWED_HOSTS", ".", "must name the portal's own hosts"),
        (environment.site_address, "CXC_SITE_ADDRESS", "http://portal.example", "must be https://"),
        (environment.site_address, "CXC_SITE_ADDRESS", "portal.example", "must be https://"),
        (environment.site_address, "CXC_SITE_ADDRESS", "https://portal.example/", "without a slash"),
        (environment.site_address, "CXC_SITE_ADDRESS", "https://", "must be https://"),
    ],
)
def test_refuses_what_is_not_safe_in_public(
    reader: Callable[[], object], name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(RuntimeError, match=f"^{name} .*{told}"):
        reader()


def test_production_reads_them_by_these_rules() -> None:
    unsafe = {"CXC_SECRET_KEY": "short", "CXC_ALLOWED_HOSTS": "*", "CXC_SITE_ADDRESS": "http://portal.example"}
    assert [start(**NEEDED | {name: value}).partition(" ")[2].split()[0] for name, value in unsafe.items()] == [*unsafe]


# What somebody who is being counted claims of themselves stands before what the proxy adds.
CLIENT = """
import django; django.setup()
from allauth.account.adapter import get_adapter
from django.test import RequestFactory
asked = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.9, 198.51.100.7")
assert get_adapter().get_client_ip(asked) == "198.51.100.7", get_adapter().get_client_ip(asked)
"""


def test_people_are_counted_by_the_address_that_the_proxy_adds() -> None:
    assert start(CLIENT, **NEEDED, DJANGO_SETTINGS_MODULE="cxc.settings") == ""
