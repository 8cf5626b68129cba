"""Which of the surveyed pages are opened: one a template, the main ones, and those for everybody."""

from pathlib import Path

from tests.a11y.survey_result import NOBODY, Survey, SurveyedPage

# What most people see most: (name of the view, who). In light and dark, 1280 and 375 wide; Lighthouse too.
MAIN = (
    ("home", NOBODY),
    ("eligibility", NOBODY),
    ("statistics", NOBODY),
    ("account_login", NOBODY),
    ("todo", "visitor"),
    ("catalogue", "visitor"),
    ("profile-step", "visitor"),
    ("exchange", "visitor"),
    ("visit", "host"),
    ("dashboard", "coordinator"),
)


def main_pages(survey: Survey) -> list[SurveyedPage]:
    return [fullest(survey, name, role) for name, role in MAIN]


def public_pages(survey: Survey, folder: Path) -> list[SurveyedPage]:
    """Those for search engines: of each view the fullest that names its canonical address."""
    canonical = [
        page for page in survey.pages if page.role == NOBODY and 'rel="canonical"' in (folder / page.html).read_text()
    ]
    return [fullest(Survey(pages=canonical), name, NOBODY) for name in sorted({page.name for page in canonical})]


def main_and_public_pages(survey: Survey, folder: Path) -> list[SurveyedPage]:
    main = main_pages(survey)
    addresses = {(page.role, page.address) for page in main}
    return main + [page for page in public_pages(survey, folder) if (page.role, page.address) not in addresses]


def fullest(survey: Survey, name: str, role: str) -> SurveyedPage:
    """Of one view's pages the plainest address; of several things the one with most on its page."""
    found = [page for page in survey.pages if (page.name, page.role) == (name, role)]
    assert found, f"{role} found no page {name}"
    plain = [page for page in found if "?" not in page.address] or found
    return max(plain, key=lambda page: (page.size, page.address))


def one_a_template(survey: Survey) -> list[SurveyedPage]:
    """For each view and template the page with most on it; of the Django admin one a template."""
    chosen: dict[tuple[str, str], SurveyedPage] = {}
    for page in survey.pages:
        key = ("admin" if page.name.startswith("admin:") else page.name, page.template)
        if key not in chosen or page.size > chosen[key].size:
            chosen[key] = page
    return sorted(chosen.values(), key=lambda page: (page.role, page.name))


def one_a_role(survey: Survey) -> list[SurveyedPage]:
    """The whole matrix: for each view, template and person the page with most on it."""
    chosen: dict[tuple[str, str, str], SurveyedPage] = {}
    for page in survey.pages:
        key = page.name, page.template, page.role
        if key not in chosen or page.size > chosen[key].size:
            chosen[key] = page
    return sorted(chosen.values(), key=lambda page: (page.role, page.name))
