"""Every page of the portal, opened once in Chromium. Which pages there are, the survey finds out by itself."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.a11y import surveyed_portal
from tests.a11y.exceptions import is_not_opened
from tests.a11y.nesting import unclosed_elements
from tests.a11y.page_checks import PHONE, window, without_exceptions
from tests.a11y.page_selection import fullest, main_and_public_pages, main_pages, one_a_role, one_a_template
from tests.a11y.survey import is_no_page, names
from tests.a11y.survey_result import NOBODY, ROLES, Survey, SurveyedPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.plugin.portal import RunningPortal

# What covers the middle of what has the focus, if anything does.
COVERED = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return seen && (at.contains(seen) || seen.contains(at)) ? "" : `${at.outerHTML} is covered by ${seen?.outerHTML}`;
}"""
WORK = (1280, 800)  # the window of those who work in it all day, in pixels
# On a phone they stand out of sight, each row a card.
HEADS_STAND_ABOVE = """() => [...document.querySelectorAll("main thead")]
  .every((head) => getComputedStyle(head).position !== "absolute")"""
PAPER = (703, 1032)  # A4 without margins of 12 mm, in pixels
MORE_STOPS_THAN_A_WINDOW_HOLDS = 20

pytestmark = [pytest.mark.long(500), pytest.mark.browser]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the survey keeps what it found."""
    return tmp_path_factory.mktemp("survey")


@pytest.fixture(scope="module")
def survey(running_portal: "RunningPortal", folder: Path) -> Survey:
    surveyed_portal.run_survey(running_portal, folder, whole=False)
    return Survey.read(folder)


def test_every_name_of_the_resolver_has_a_page_or_a_reason(survey: Survey) -> None:
    """405: a button's address. Of the admin: what the Support Office may not do (403), or there is no row (302)."""
    reached = {page.name for page in survey.pages}
    without = {
        name: survey.answers.get(name, []) for name in names() if name not in reached and not is_not_opened(name)
    }
    left = {name: said for name, said in without.items() if not _is_excused(name, said)}
    assert left == {}, left


def _is_excused(name: str, said: list[str]) -> bool:
    return bool(said) if name.startswith("admin:") else is_no_page(said)


def test_no_answer_without_the_strict_policy(survey: Survey) -> None:
    assert survey.loose_policy == []


def test_every_template_is_fit_for_everybody(
    survey: Survey, running_portal: "RunningPortal", browser: "Browser"
) -> None:
    """The main pages among them in light and dark at both widths."""
    main = main_pages(survey)
    addresses = {(page.role, page.address) for page in main}
    pages = main + [page for page in one_a_template(survey) if (page.role, page.address) not in addresses]
    wrong: dict[str, list[str]] = {}
    for role in ROLES:
        with window(browser, running_portal.address, role, survey.cookies) as opened:
            for page in (one for one in pages if one.role == role):
                _add_faults(wrong, page, opened.judge(page, every_way=page in main))
    assert wrong == {}, _as_lines(wrong)


def test_main_and_public_pages_are_fit_for_everybody_in_german(
    survey: Survey, running_portal: "RunningPortal", browser: "Browser", folder: Path
) -> None:
    """Weight, axe, and whether the longer words fit."""
    pages = main_and_public_pages(survey, folder)
    wrong: dict[str, list[str]] = {}
    for role in sorted({page.role for page in pages}):
        with window(browser, running_portal.address, role, survey.cookies) as opened:
            opened.choose_language("de")
            try:
                for page in (one for one in pages if one.role == role):
                    _add_faults(wrong, page, opened.judge(page, every_way=False))
                    assert opened.page.locator("html").get_attribute("lang") == "de"
            finally:
                opened.choose_language("en-gb")
    assert wrong == {}, _as_lines(wrong)


@pytest.mark.parametrize("name", ["todo", "dashboard"])
def test_a_coordinators_first_pages_hold_two_windows(
    survey: Survey, running_portal: "RunningPortal", browser: "Browser", name: str
) -> None:
    """What is most urgent stands in the first. Rule: docs/design.md, Density."""
    with window(browser, running_portal.address, "coordinator", survey.cookies) as opened:
        opened.open(fullest(survey, name, "coordinator"), size=WORK)
        height = opened.page.evaluate("document.documentElement.scrollHeight")
        assert height <= 2 * WORK[1], f"{height} px"
        fifth = opened.page.locator("main tbody > tr").nth(4).bounding_box()
        assert fifth is not None
        assert fifth["y"] + fifth["height"] <= WORK[1]


@pytest.mark.parametrize(("name", "role"), [("dashboard", "coordinator"), ("visit", "host"), ("statistics", NOBODY)])
def test_on_paper_tables_stay_tables_and_nothing_to_click_is_there(
    survey: Survey, running_portal: "RunningPortal", browser: "Browser", name: str, role: str
) -> None:
    """Rule: docs/design.md, On paper."""
    with window(browser, running_portal.address, role, survey.cookies) as opened:
        opened.open(fullest(survey, name, role), size=PAPER)
        opened.page.emulate_media(media="print")
        assert opened.page.locator(":is(.btn:not(.btn-link), .site-nav, .site-footer):visible").count() == 0
        assert opened.page.evaluate(HEADS_STAND_ABOVE)
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= PAPER[0]


def test_the_focus_is_never_under_the_buttons_that_stay_in_sight(
    survey: Survey, running_portal: "RunningPortal", browser: "Browser"
) -> None:
    """The catalogue's filter on a phone; `exceptions.py` says so."""
    with window(browser, running_portal.address, "visitor", survey.cookies) as opened:
        opened.open(fullest(survey, "catalogue", "visitor"), size=PHONE)
        page = opened.page
        page.locator("form.filters summary").first.focus()
        page.keyboard.press("Enter")  # a list longer than the window
        stops = 0
        while page.evaluate("!document.activeElement.closest('.filters-actions')"):
            assert page.evaluate(COVERED) == ""
            page.keyboard.press("Tab")
            stops += 1
        assert stops > MORE_STOPS_THAN_A_WINDOW_HOLDS


def _add_faults(wrong: dict[str, list[str]], page: SurveyedPage, said: list[str]) -> None:
    if left := without_exceptions(page, said):
        wrong[f"{page.name} ({page.template}, {page.role}, {page.address})"] = left


def _as_lines(wrong: dict[str, list[str]]) -> str:
    """In full, for who reads the log of a machine."""
    return "\n".join(line for page, said in wrong.items() for line in [page, *(f"    {one}" for one in said)])


def test_every_element_is_closed_in_its_place(survey: Survey, folder: Path) -> None:
    wrong = {(page.name, page.role): unclosed_elements((folder / page.html).read_text()) for page in one_a_role(survey)}
    assert {page: said for page, said in wrong.items() if said} == {}
