"""What a page's first load weighs and asks for. Rule: docs/rules.md, First load."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from whitenoise.compress import Compressor

from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

MOST_BYTES, MOST_REQUESTS = 150_000, 12
ASKED_FOR = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"')
ADDRESSES = ("/todo/", "/profiles/", "/catalogue/", "/exchanges/", "/visits/", "/statistics/", "/partnerships/", "/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_first_load_is_light(address: str) -> None:
    page = client_for(usual_parties().vo).get(address, follow=True, headers={"accept-encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    plain = client_for(usual_parties().vo).get(address, follow=True).content.decode()
    asked = {name for name in ASKED_FOR.findall(plain) if name.startswith("/static/")}
    files = [Path(str(finders.find(name.removeprefix("/static/")))) for name in asked]
    weight = len(page.content) + sum(len(Compressor.compress_gzip(file.read_bytes())) for file in files)
    assert (weight < MOST_BYTES, len(files) + 1 <= MOST_REQUESTS) == (True, True), (weight, sorted(asked))
    assert not re.findall(r'(?:src|href)="(?:https?:)?//[^"]+\.(?:css|js|png|svg|woff2?)"', plain)


def test_nothing_inline_may_run(client: Client) -> None:
    """Neither on the portal's pages nor in the Django admin."""
    for address in ("/", "/account/login/", "/support-office/login/"):
        policy = client.get(address).headers["Content-Security-Policy"]
        said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert (said["default-src"], said["script-src"], said["style-src"]) == ("'none'", "'self'", "'self'")
        assert {said["frame-src"], said["frame-ancestors"], said["object-src"], said["base-uri"]} == {"'none'"}
        assert said["form-action"] == "'self'"
        assert "unsafe" not in policy
