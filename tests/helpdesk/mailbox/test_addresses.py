"""Addresses to answer to."""

import pytest
from pytest_django import Settings

from helpdesk.mailbox.addresses import is_signed_for, read_address, reply_address


@pytest.fixture(autouse=True)
def _mailbox(settings: Settings) -> None:
    settings.HELP_MAILBOX = "help@portal.example"


def test_an_address_is_read_back_whatever_its_letters() -> None:
    address = reply_address(12, "Ana@Test.example")
    found = read_address(address.upper())
    assert found is not None
    assert found[0] == 12
    assert is_signed_for(*found, "ana@test.EXAMPLE")


def test_it_is_good_for_one_person_and_one_question() -> None:
    found = read_address(reply_address(12, "ana@test.example"))
    assert found is not None
    assert not is_signed_for(*found, "eva@test.example")
    assert not is_signed_for(13, found[1], "ana@test.example")


@pytest.mark.parametrize(
    "address",
    ["help@portal.example", "help+12@portal.example", "help+12-abc@portal.example", "other+12@portal.example", "x", ""],
)
def test_other_addresses_are_none_of_ours(address: str) -> None:
    assert read_address(address) is None


def test_at_another_host_it_is_none_of_ours() -> None:
    assert read_address(reply_address(12, "a@b.example").replace("portal", "other")) is None


def test_without_a_mailbox_there_is_no_address(settings: Settings) -> None:
    settings.HELP_MAILBOX = ""
    assert (reply_address(12, "ana@test.example"), read_address("help+12-a@portal.example")) == ("", None)


def test_the_local_part_is_no_longer_than_mail_servers_take() -> None:
    assert len(reply_address(123_456_789, "ana@test.example").partition("@")[0]) <= 64
