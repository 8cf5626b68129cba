"""The check of names that the project no longer uses."""

import pytest

from checks.names import BannedName, check_file, read_table

BANNED = [
    BannedName("hat", "principal"),
    BannedName("hats.py", "principals.py"),
    BannedName("wearing/", "acting_for/"),
    BannedName(".hat", ".principal"),
    BannedName("data-hat", "data-principal"),
]


def lines(path: str, text: str, banned: list[BannedName] = BANNED) -> list[int]:
    return [fault.line for fault in check_file(path, text, banned)]


@pytest.mark.parametrize(
    "text",
    [
        "hat = 1",
        "x = person.hat",
        "wear(hat=1)",
        "def hat(): ...",
        "def wear(hat): ...",
        "class hat: ...",
        "import profiles.hat",
        "from profiles import hat",
        "from profiles import it as hat",
        "text = f'{person.hat}'",
    ],
)
def test_a_banned_identifier_in_python_is_named_with_its_line(text: str) -> None:
    assert lines("profiles/x.py", f"first = 1\n{text}\n") == [2]


@pytest.mark.parametrize("text", ["x = 'hat'", "# a hat", "hats = hat_of = 1", '"""Which hat somebody wears."""'])
def test_strings_comments_and_longer_names_are_free(text: str) -> None:
    assert lines("profiles/x.py", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ person.hat }}",
        "{{ hat|default:'x' }}",
        "{% if hat %}{% endif %}",
        "{% include 'x.html' with hat=1 %}",
        '<p class="big hat">',
        "<p data-hat>",
    ],
)
def test_a_banned_name_in_a_template_is_found(text: str) -> None:
    assert lines("templates/x.html", f"<main>\n{text}\n") == [2]


@pytest.mark.parametrize("text", ["A hat.", "{% translate 'Your hat' %}", "{% url 'hat' %}", '<p class="hat-box">'])
def test_words_and_quoted_texts_of_a_template_are_free(text: str) -> None:
    assert lines("templates/x.html", text) == []


def test_documentation_is_checked_where_it_quotes_code() -> None:
    assert lines("docs/x.md", "A hat is worn.\n`actor.hat` is gone.") == [2]


@pytest.mark.parametrize(("path", "text"), [("static/x.css", "p {}\n.hat {}"), ("static/x.js", "1\nfind('.hat')")])
def test_classes_are_checked_in_styles_and_scripts(path: str, text: str) -> None:
    assert lines(path, text) == [2]


def test_names_of_files_and_folders_are_checked() -> None:
    assert lines("profiles/hats.py", "") == [1]
    assert lines("profiles/wearing/x.py", "") == [1]
    assert lines("profiles/views/old_hats.py", "") == []


def test_a_scope_includes_and_leaves_out() -> None:
    banned = read_table("# hat was our word\n\nhat\tprincipal\tprofiles/*, !profiles/views/*\n")
    assert banned == [BannedName("hat", "principal", ("profiles/*", "!profiles/views/*"))]
    assert lines("profiles/x.py", "hat = 1", banned) == [1]
    assert lines("profiles/views/x.py", "hat = 1", banned) == []
    assert lines("matching/x.py", "hat = 1", banned) == []


def test_the_fault_names_the_replacement() -> None:
    (fault,) = check_file("profiles/x.py", "hat = 1", BANNED)
    assert str(fault) == "profiles/x.py:1: hat is not a name of this project any more: principal"
