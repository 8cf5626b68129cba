"""The address to go on to, typed into the pages of the account."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

PAGES = ("account_login", "account_signup", "account_logout", "account_reset_password")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("address", ["http://[::1", "//[", "http://[evil", "https://example.org/"])
def test_no_typed_address_breaks_a_page_of_the_account(name: str, address: str) -> None:
    client = Client()
    assert client.get(reverse(name), {"next": address}).status_code in {200, 302}
    assert client.post(reverse(name), {"next": address}).status_code in {200, 302}
