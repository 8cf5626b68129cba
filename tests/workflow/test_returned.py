"""What has changed since something was returned, word by word."""

import pytest

from cxc.workflow.returned import MOST_WORDS, marked


def said(text: str) -> str:
    """Without what is said to who listens."""
    for word in ("removed:", "added:"):
        text = text.replace(f'<span class="visually-hidden"> {word} </span>', "")
    return text


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We learn looms.", "We learn looms.", "We learn looms."),
        ("We learn looms.", "We learn dyes.", "We learn <del>looms.</del> <ins>dyes.</ins>"),
        ("", "New text", "<ins>New text</ins>"),
        ("Gone", "", "<del>Gone</del>"),
        ("One two", "One and two", "One <ins>and</ins> two"),
        ("a < b", "a < <i>c</i>", "a &lt; <del>b</del> <ins>&lt;i&gt;c&lt;/i&gt;</ins>"),
    ],
)
def test_words_that_were_added_and_removed_are_marked(before: str, after: str, expected: str) -> None:
    assert said(marked(before, after)).replace("</del><ins>", "</del> <ins>") == expected


def test_marks_are_said_to_who_listens() -> None:
    text = marked("Old", "New")
    assert ("removed:" in text, "added:" in text) == (True, True)


def test_a_text_too_long_to_compare_is_shown_whole() -> None:
    long = "word " * (MOST_WORDS + 1)
    assert said(marked(long, "Short")) == f"<del>{long}</del><ins>Short</ins>"
