"""Amounts in words."""

from decimal import Decimal

import pytest

from exchanges.documents.amounts import amount_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "Zero euros"),
        ("1", "One euro"),
        ("17.01", "Seventeen euros and one cent"),
        ("390", "Three hundred and ninety euros"),
        ("415.50", "Four hundred and fifteen euros and fifty cents"),
        ("1100", "One thousand one hundred euros"),
        ("1005.99", "One thousand and five euros and ninety-nine cents"),
        ("21342", "Twenty-one thousand three hundred and forty-two euros"),
        ("999999.99", "Nine hundred and ninety-nine thousand nine hundred and ninety-nine euros and ninety-nine cents"),
    ],
)
def test_an_amount_is_written_in_words(amount: str, words: str) -> None:
    assert amount_in_words(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["-1", "1000000"])
def test_what_no_agreement_pays_has_no_words(amount: str) -> None:
    with pytest.raises(ValueError, match="Not an amount"):
        amount_in_words(Decimal(amount))
