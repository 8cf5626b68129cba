"""Amounts in English words, as contracts print them beside the figures."""

from decimal import Decimal

_ONES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def amount_in_words(amount: Decimal) -> str:
    """'Four hundred and fifteen euros and fifty cents'. ValueError outside EUR 0.00 to 999,999.99."""
    cents = int((amount * 100).to_integral_value())
    if not 0 <= cents < 100_000_000:
        raise ValueError(f"Not an amount of a Financial Agreement: {amount}")
    euros, rest = divmod(cents, 100)
    parts = [f"{number_in_words(euros)} euro{'' if euros == 1 else 's'}"]
    if rest:
        parts.append(f"{number_in_words(rest)} cent{'' if rest == 1 else 's'}")
    return " and ".join(parts).capitalize()


def number_in_words(number: int) -> str:
    """'one thousand two hundred and five', for 0 to 999,999."""
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _below_thousand(rest)
    words = f"{_below_thousand(thousands)} thousand"
    if not rest:
        return words
    return f"{words}{' and' if rest < 100 else ''} {_below_thousand(rest)}"


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    words = f"{_ONES[hundreds]} hundred"
    return f"{words} and {_below_hundred(rest)}" if rest else words


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]
