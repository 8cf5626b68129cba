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


def test_plain_markup_passes() -> None:
    text = '<script src="{% static \'x.js\' %}" defer></script><p class="style" data-hx-get="/x/">on = "x"</p>'
    assert list(check_text("x.html", text)) == []
