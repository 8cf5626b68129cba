"""The check that no word is left out of the translations."""

import pytest

from checks.source import Module
from checks.untranslated import check_module, check_template


@pytest.mark.parametrize(
    "text",
    [
        "<p>Some words</p>",
        '<button aria-label="Close it"></button>',
        '<form data-not-saved="Not saved yet"></form>',
        '{% include "components/heading.html" with title="A title" %}',
        "{% blocktranslate %}Within{% endblocktranslate %} and after",
        '<img alt="A map">',
    ],
)
def test_words_outside_translations_are_found(text: str) -> None:
    assert [fault.line for fault in check_template("x.html", "{% load i18n %}\n" + text)] == [2]


@pytest.mark.parametrize(
    "text",
    [
        '<p class="some words">{% translate "Some words" %} {{ value }} · 3 %</p>',
        "{% blocktranslate with name=thing %}Words of {{ name }}{% plural %}Words{% endblocktranslate %}",
        "<a aria-label=\"{% translate 'Close it' %}\">ClusterXchange</a>",
        "{% comment %}Words for maintainers{% endcomment %}{# and these #}",
        '{% include "x.html" with title=_("A title") %}',
    ],
)
def test_what_is_translated_or_no_word_is_left_alone(text: str) -> None:
    assert list(check_template("x.html", text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('messages.success(request, "Saved it")', 1),
        ('messages.success(request, f"Saved {it}")', 1),
        ('messages.success(request, _("Saved it"))', 0),
        ('field = Char(label="A name")', 1),
        ('field = Char(label=_("A name"))', 0),
        ('field = Char(label="A name")  # not translated: a reason', 0),
    ],
)
def test_texts_in_calls(text: str, found: int) -> None:
    module = Module("cxc/x.py", f"from django.contrib import messages\n{text}\n")
    assert len(list(check_module(module))) == found
