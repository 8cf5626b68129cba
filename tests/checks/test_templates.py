import pytest

from checks.templates import check_text


@pytest.mark.parametrize(
    "text",
    [
        "<p>\n<script>go()</script>",
        "<p>\n<style>p {}</style>",
        '<p>\n<b style="color: red">',
        '<p>\n<b onclick="go()">',
        '<p>\n<a href="javascript:go()">',
        "<p>\n{% now 'Y' %}",
        '<p>\n<a hx-get="/x/">',
        '<p>\n<script src="https://cdn.example/x.js"></script>',
    ],
)
def test_what_the_browser_would_refuse_is_named_with_its_line(text: str) -> None:
    assert [fault.line for fault in check_text("x.html", text)] == [2]


@pytest.mark.parametrize("text", ["", "\n", "  \n\n"])
def test_an_empty_template_is_found(text: str) -> None:
    assert [fault.text for fault in check_text("x.html", text)] == ["an empty template: a page made of it is blank"]


def test_plain_markup_passes() -> None:
    text = '<script src="{% static \'x.js\' %}" defer></script><p class="style" data-hx-get="/x/">on = "x"</p>'
    assert list(check_text("x.html", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>{{ a }}{% if b %} b{% endif %}\n{% if c %}, {{ c }}{% endif %}</p>",
        "<p>{% translate 'One' %}\n{% if c %}{% blocktranslate %}, {{ c }}{% endblocktranslate %}{% endif %}</p>",
        "<p>{{ a }}{% if b %}{{ b }}\n{% endif %}.</p>",
        '<dl>\n<dd class="text-pre">\n{{ a }}\n</dd></dl>',
    ],
)
def test_a_blank_that_only_the_templates_lines_need_is_named_with_its_line(text: str) -> None:
    assert [fault.line for fault in check_text("x.html", text)] == [2]


def test_blanks_where_they_belong_pass() -> None:
    text = """{# a , comment #}
<p>{{ a }}{% if b %},
    {{ b }}{% endif %}</p>
<p>{% for a in b %}{{ a }}{% if not forloop.last %},
  {% endif %}{% endfor %}?</p>
<p><span>{{ a }}{% if b %}{% blocktranslate trimmed with c=d %}
    , by {{ c }}
  {% endblocktranslate %}{% endif %}</span></p>
<p>{% translate "One" %}
  {% translate "two" %}, {{ three }}.</p>
"""
    assert list(check_text("x.html", text)) == []
