"""Passwords of known breaches, and those much like them, are refused without asking anybody."""

import time
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from profiles.models import User

PERSON = User(email="ada.fictional@test.example", full_name="Ada Fictional")


@pytest.mark.parametrize(
    "password",
    [
        "Password1234!",
        "P@ssw0rd2026",
        "qwertzuiop12",
        "abc123abc123",
        "x" * 40,
        "0987654321zyx",
        "Fictional2026",
        "clusterxchange",
    ],
)
def test_what_programs_guess_soon_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, PERSON)


@pytest.mark.parametrize(
    "password", ["correct-horse-battery", "Visit-Porto-2026-herring", "kJ8#mQ2!vL9z", "żółta łódź płynie"]
)
def test_others_are_taken(password: str) -> None:
    validate_password(password, PERSON)


def test_a_very_long_one_takes_no_time() -> None:
    before = time.process_time()
    validate_password("abcdefghij klmnop" * 5000, PERSON)
    assert time.process_time() - before < 2


@pytest.mark.django_db
def test_registering_says_why(client: Client) -> None:
    given: dict[str, Any] = {
        "full_name": "Ada Fictional",
        "email": "ada@test.example",
        "password1": "Password1234!",
        "password2": "Password1234!",
    }
    assert "lists of stolen passwords" in client.post(reverse("account_signup"), given).content.decode()
    assert not User.objects.exists()
