"""Days, hours and amounts as people write them."""

from datetime import date, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from cxc.web.bank_fields import BicField, IbanField, IbanInput
from cxc.web.fields import AmountField, DayField, HourField

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed",
    [
        "22/11/2026",
        "22.11.2026",
        "22. 11. 2026",
        "22-11-2026",
        "22 11 2026",
        "2026-11-22",
        "2026/11/22",
        "22 November 2026",
        "22 nov 2026",
        "22 Nov. 2026",
        "22nd November 2026",
        "  22/11/2026 ",
    ],
)
def test_a_day_is_read_as_it_is_written(typed: str) -> None:
    assert DayField().clean(typed) == DAY


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fr", "22 novembre 2026"),
        ("fr", "22e NOV. 2026"),
        ("fr", "22 november 2026"),
        ("de", "22. November 2026"),
        ("es", "22 de noviembre de 2026"),
        ("el", "22 nov 2026"),
    ],
)
def test_months_in_the_language_of_the_screen_and_in_english(language: str, typed: str) -> None:
    with translation.override(language):
        assert DayField().clean(typed) == DAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1er novembre 2026", date(2026, 11, 1)),
        ("15 aout 2026", date(2026, 8, 15)),
        ("15 août 2026", date(2026, 8, 15)),
        ("3 juil. 2026", date(2026, 7, 3)),
        ("5 fev 2026", date(2026, 2, 5)),
    ],
)
def test_french_days_are_read_with_and_without_accents(typed: str, day: date) -> None:
    with translation.override("fr"):
        assert DayField().clean(typed) == day


def test_a_month_that_can_be_two_is_refused_with_both() -> None:
    with translation.override("fr"), pytest.raises(ValidationError) as wrong:
        DayField().clean("3 jui 2026")
    assert ("juin ou juillet" in wrong.value.messages[0], "27/3/2027" in wrong.value.messages[0]) == (True, True)


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("22/11", "The year is missing."),
        ("22 November", "The year is missing."),
        ("22/11/26", "Write the year with four digits"),
        ("31/2/2027", "This day does not exist."),
        ("11/22/2026", "This day does not exist."),
        ("2026-13-45", "This day does not exist."),
        ("22/11/0026", "Enter a day of this century"),
        ("tomorrow", "Write the date as day, month, year"),
        ("22 Brumaire 2026", "Write the date as day, month, year"),
    ],
)
def test_what_is_wrong_with_a_day_is_said_with_an_example(typed: str, begins: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        DayField().clean(typed)
    assert wrong.value.messages[0].startswith(begins)
    assert "27/3/2027" in wrong.value.messages[0]


def test_a_day_is_shown_day_first() -> None:
    class One(forms.Form):
        day = DayField(initial=DAY)

    assert 'value="22/11/2026"' in str(One()["day"])


@pytest.mark.parametrize("typed", ["9:30", "09:30", "09.30", "0930", "9h30", "9 h 30"])
def test_an_hour_is_read_as_it_is_written(typed: str) -> None:
    assert HourField().clean(typed) == time(9, 30)


@pytest.mark.parametrize(("typed", "hour"), [("9", 9), ("9h", 9), ("17", 17)])
def test_a_whole_hour(typed: str, hour: int) -> None:
    assert HourField().clean(typed) == time(hour)


@pytest.mark.parametrize("typed", ["24:00", "9:60", "noon", "930"])
def test_what_is_no_hour_is_said_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="for example 09:30"):
        HourField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250.50", "1250.50"),
        ("1250,50", "1250.50"),
        ("1 250,50", "1250.50"),
        ("1\u202f250,50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1'250.50", "1250.50"),
        ("EUR 1250", "1250"),
        ("1250 €", "1250"),
        ("1.250", "1250"),
        ("12.5", "12.5"),
        ("0,5", "0.5"),
    ],
)
def test_an_amount_is_read_as_it_is_written(typed: str, amount: str) -> None:
    assert AmountField().clean(typed) == Decimal(amount)


NO_AMOUNTS = ["much", "12 apples", "4€15", "1,2,3,", "1.2345", "1 25", "12 50", "1,250,50", "1.250.50", "1250."]
NO_AMOUNTS += ["EUR", "€ 5 EUR", "0.250", "1.250,500", "1 250.000", "1'250'50"]


@pytest.mark.parametrize("typed", NO_AMOUNTS)
def test_an_amount_has_groups_of_three_one_decimal_sign_and_its_currency_at_one_end(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"1 250,50, 1\.250,50 or 1,250\.50"):
        AmountField().clean(typed)


def test_an_amount_below_zero_is_refused() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        AmountField().clean("-5")


def test_an_account_is_shown_in_groups_and_marked_private() -> None:
    shown = IbanInput().render("iban", "ES9121000418450200051332")
    assert ('value="ES91 2100 0418 4502 0005 1332"' in shown, "data-private" in shown) == (True, True)


@pytest.mark.parametrize(
    "typed",
    [
        "IBAN BE71 0961 2345 6769",
        "iban: be71-0961-2345-6769",
        "BE71\u00a00961\u00a02345\u00a06769",
        "\u200bBE71096123456769",
    ],
)
def test_an_iban_is_taken_as_it_is_pasted(typed: str) -> None:
    assert IbanField().clean(typed) == "BE71096123456769"


@pytest.mark.parametrize("typed", ["BE71 0961 2345 6700", "AM12 0000", "BE71", "ABC"])
def test_a_wrong_iban_is_refused_in_the_readers_language(typed: str) -> None:
    with pytest.raises(ValidationError, match="This IBAN is not valid: check"):
        IbanField().clean(typed)
    with translation.override("fr"), pytest.raises(ValidationError, match="Cet IBAN n'est pas valable"):
        IbanField().clean(typed)


def test_a_bic_is_taken_as_it_is_pasted_and_a_wrong_one_is_refused() -> None:
    typed = ("KREDBEBB", "BIC: kred be bb", "SWIFT/BIC KREDBEBB", "NLPRXKPRXXX")
    assert [BicField().clean(one) for one in typed] == ["KREDBEBB", "KREDBEBB", "KREDBEBB", "NLPRXKPRXXX"]
    with pytest.raises(ValidationError, match="8 or 11"):
        BicField().clean("KRED")
