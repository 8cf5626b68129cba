"""Which pages of a scan are which document: as it is read, as it is guessed, as people write it."""

import pytest

from exchanges.rules.scanned_pages import Expected, as_text, page_numbers, pages_given_twice, reference_on, suggest

FIRST, SECOND = Expected("ctq-1", "CTQ-11-1", 3), Expected("ctq-2", "CTQ-12-2", 2)


def suggested(*texts: str) -> dict[str, tuple[str, bool]]:
    return {key: (one.pages, one.is_read) for key, one in suggest([FIRST, SECOND], texts).items()}


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("CTQ-CXC-00011 · version 1 Goals", "CTQ-11-1"),
        ("ctq - cxc-00011\n• Version 1", "CTQ-11-1"),
        ("FA-CXC-00011 · version 12", "FA-11-12"),
        ("Goals of the visit", ""),
        ("CTQ-CXC-00011 · version 1 and CTQ-CXC-00012 · version 1", ""),
        ("", ""),
    ],
)
def test_a_page_says_which_document_it_belongs_to(text: str, reference: str) -> None:
    assert reference_on(text) == reference


def test_pages_are_found_by_their_reference_in_any_order() -> None:
    second, first = "CTQ-CXC-00012 · version 2", "CTQ-CXC-00011 · version 1"
    assert suggested(second, "", first, first) == {"ctq-2": ("1-2", True), "ctq-1": ("3-4", True)}


def test_a_page_of_another_version_belongs_to_nobody() -> None:
    assert suggested("CTQ-CXC-00012 · version 1", "") == {}


def test_without_text_the_pages_are_told_apart_by_their_number() -> None:
    assert suggested(*[""] * 5) == {"ctq-1": ("1-3", False), "ctq-2": ("4-5", False)}


def test_the_last_page_of_each_alone_is_as_many_for_each() -> None:
    assert suggested("", "") == {"ctq-1": ("1", False), "ctq-2": ("2", False)}


def test_nothing_is_guessed_where_the_numbers_do_not_fit() -> None:
    assert suggested(*[""] * 7) == {}
    assert suggest([], ["", ""]) == {}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("1-3", [1, 2, 3]), (" 4 ", [4]), ("1, 3–5", [1, 3, 4, 5]), ("2;2", [2]), ("", [])],
)
def test_pages_as_people_write_them(text: str, numbers: list[int]) -> None:
    assert page_numbers(text, 5) == numbers


@pytest.mark.parametrize("text", ["0", "6", "3-1", "all", "1-", "1-9999999999"])
def test_pages_that_are_not_there(text: str) -> None:
    with pytest.raises(ValueError):
        page_numbers(text, 5)


def test_numbers_are_written_short() -> None:
    assert as_text([1, 2, 3, 5, 7, 8]) == "1-3, 5, 7-8"


def test_a_page_given_to_two_documents_is_found() -> None:
    assert pages_given_twice({"a": [1, 2], "b": [2, 3]}) == {2: ["a", "b"]}
