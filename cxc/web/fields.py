"""Fields as Europeans write them: days, hours, amounts, bank accounts. For all forms and filters of the portal.

Each takes what people type, shows it in one way, and says in a sentence how to write it when it can't be read.
Everything works as plain text; `static/js/forms.js` adds the browser's calendar, grouping and counting.
"""

import re
from datetime import date, time
from decimal import Decimal
from typing import Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.core import languages
from cxc.core.folding import folded

DAY_HINT = _("Day, month, year: 27/3/2027.")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:\.?[ºª]|\.|er|re|e|st|nd|rd|th)?[\s./-]+(?:de\s+)?(\d{1,2}|[^\W\d_]+)\.?[\s./,-]+(?:de\s+)?(\d+)",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(r"\d{1,2}\.?[\s./-]+(\d{1,2}|[^\W\d_]+)\.?")
_HOUR = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2})?)?(?:\s*h)?|(\d{2})(\d{2})")


class DayInput(forms.DateInput):
    """A day as text, day first; a script adds a button for the browser's own calendar."""

    def __init__(self, attrs: dict[str, Any] | None = None, format: str | None = None) -> None:
        super().__init__({"data-day": "", "autocomplete": "off", **(attrs or {})}, format or "%d/%m/%Y")

    def format_value(self, value: Any) -> str | None:
        """Day first, also where an address or a script says it the other way round; anything else as it was typed."""
        if isinstance(value, str) and value[:1] in {"1", "2"}:
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return value
        return super().format_value(value)


class DayField(forms.DateField):
    """A local date: 22/11/2026, 22.11.2026, 22-11-2026, 2026-11-22, 22 November 2026 (the month in any of the
    present language and English). Shown day first.
    """

    widget = DayInput
    default_error_messages = {
        "invalid": _("Write the date as day, month, year, for example 27/3/2027."),
        "no year": _("The year is missing. Write the date as day, month, year, for example 27/3/2027."),
        "short year": _("Write the year with four digits, for example 27/3/2027."),
        "no such day": _("This day does not exist. Write the date as day, month, year, for example 27/3/2027."),
        "far off": _("Enter a day of this century, for example 27/3/2027."),
        "which month": _(
            "“%(word)s” can mean %(months)s. Write the month in full or as a number, for example 27/3/2027."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        help_text = kwargs.pop("help_text", "")
        kwargs["help_text"] = format_lazy("{} {}", help_text, DAY_HINT) if help_text else DAY_HINT
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """ValidationError with a sentence on how to write it."""
        if not isinstance(value, str):
            return super().to_python(value)
        text = " ".join(value.split())
        if not text:
            return None
        year, month, day = self._parts(text)
        if len(year) != 4:
            self._refuse("short year")
        if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
            self._refuse("far off")
        try:
            return date(int(year), int(month) if month.isdecimal() else min(months_of(month)), int(day))
        except ValueError:
            self._refuse("no such day")

    def _parts(self, text: str) -> tuple[str, str, str]:
        if found := _ISO.fullmatch(text):
            return found[1], found[2], found[3]
        if found := _DAY_FIRST.fullmatch(text):
            self._refuse_unclear_month(found[2])
            return found[3], found[2], found[1]
        self._refuse("no year" if _NO_YEAR.fullmatch(text) else "invalid")

    def _refuse_unclear_month(self, word: str) -> None:
        if word.isdecimal():
            return
        found = months_of(word)
        if not found:
            self._refuse("invalid")
        if len(found) > 1:
            months = gettext(" or ").join(str(MONTHS[number]) for number in sorted(found))
            self._refuse("which month", {"word": word, "months": months})

    def _refuse(self, code: str, params: dict[str, str] | None = None) -> NoReturn:
        raise ValidationError(self.error_messages[code], code=code, params=params)


def months_of(word: str) -> set[int]:
    """The months that a name can mean, whole or cut short, with or without accents.

    In the present language; where it has none of that name, in English. `static/js/forms.js` reads the same.
    """
    wanted = folded(word)
    if found := _months_now(wanted):
        return found
    with languages.english():
        return _months_now(wanted)


def _months_now(wanted: str) -> set[int]:
    """A whole name means one month; a beginning of three letters or more all that begin so."""
    names = {number: {folded(MONTHS[number]), folded(MONTHS_ALT[number])} for number in MONTHS}
    whole = {number for number, written in names.items() if wanted in written}
    begun = {number for number, written in names.items() if any(name.startswith(wanted) for name in written)}
    short = {number for number, name in MONTHS_3.items() if folded(name) == wanted}
    return whole or short | (begun if len(wanted) >= 3 else set())


class HourField(forms.TimeField):
    """A time of the day, local to the visit: 9:00, 09.00, 0900, 9h30, 9. Shown as HH:MM."""

    widget = forms.TimeInput(
        attrs={"data-hour": "", "inputmode": "numeric", "autocomplete": "off", "size": "5"}, format="%H:%M"
    )
    default_error_messages = {"invalid": _("Write the time as hours and minutes, for example 09:30.")}

    def to_python(self, value: Any) -> time | None:
        """ValidationError with a sentence on how to write it."""
        if not isinstance(value, str):
            return super().to_python(value)
        text = value.strip().lower()
        if not text:
            return None
        found = _HOUR.fullmatch(text)
        hour, minute = ((found[1] or found[3]), (found[2] or found[4] or "0")) if found else ("99", "0")
        if int(hour) > 23 or int(minute) > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time(int(hour), int(minute))


class AmountInput(forms.NumberInput):
    """An amount as text, with EUR beside it."""

    input_type = "text"
    template_name = "components/widgets/amount.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class AmountField(forms.DecimalField):
    """An amount in EUR, to the cent: 1250.50, 1 250,50, 1.250,50, EUR 1250."""

    widget = AmountInput
    default_error_messages = {
        "invalid": _(
            "Write the amount as 1250.50, 1 250,50, 1.250,50 or 1,250.50, with EUR or € at one end or without."
        )
    }

    def __init__(self, **kwargs: Any) -> None:
        sized: dict[str, Any] = {"min_value": Decimal(0), "max_digits": 8, "decimal_places": 2}
        super().__init__(**sized | kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """ValidationError with a sentence on how to write it."""
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        plain = plain_amount(value)
        if plain is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(plain)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # min, max and step belong to a number's input


# Groups of three, all divided by the same sign, or no groups; at most two figures after one other sign.
_GROUPED = r"[1-9][0-9]{0,2}(?:(?P<group>[ .,'])[0-9]{3})(?:(?P=group)[0-9]{3})*(?:(?!(?P=group))[.,][0-9]{1,2})?"
_NUMBER = re.compile(rf"(?P<minus>-?) ?(?P<figures>{_GROUPED}|[0-9]+(?:[.,][0-9]{{1,2}})?)")
_CURRENCY = r"(?:€|EUR|euros?)"
_BEFORE, _BEHIND = re.compile(rf"^{_CURRENCY} ?", re.IGNORECASE), re.compile(rf" ?{_CURRENCY}$", re.IGNORECASE)


def plain_amount(text: str) -> str | None:
    """The amount with a point and without groups; None for what is not written as an amount.

    Three figures behind a single comma or point are a group of thousands.
    """
    bare = re.sub(r"[’`´]", "'", " ".join(text.split()))
    number = _BEFORE.sub("", bare)
    found = _NUMBER.fullmatch(number if number != bare else _BEHIND.sub("", bare))
    if found is None:
        return None
    figures = found["figures"].replace(found["group"] or " ", "").replace(",", ".")
    return found["minus"] + figures


class PhoneInput(forms.TextInput):
    """A telephone number: the phone shows its number pad, the browser offers one's own."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "inputmode": "tel", **(attrs or {})})


def let_texts_grow(form: forms.BaseForm) -> None:
    """Long texts of a model's form begin with a few lines and grow."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs.update({"rows": "5", "data-grows": ""})
