"""The form that saves itself, in a real browser against the running portal."""

import re
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.plugin.portal import RunningPortal

PASSWORD = "correct-horse-battery"
OPEN_GENERATION = """
from datetime import date
from profiles.models import Generation, Participation, Partnership
generation, _new = Generation.objects.get_or_create(
    code="autosave",
    defaults=dict(
        name="Autosave generation", first_day=date(2020, 1, 1), last_day=date(2099, 12, 31),
        visitor_kinds=["sme"], host_kinds=["sme"],
    ),
)
partnership, _new = Partnership.objects.get_or_create(
    acronym="AUTOSAVE", defaults=dict(full_name="Autosave", seat_id="ES")
)
Participation.objects.get_or_create(
    generation=generation, partnership=partnership, defaults=dict(last_day=generation.last_day)
)
"""
ADDRESS = "wilma.fictional@autosave.example"


def test_from_sign_up_to_a_profile_that_saves_itself(running_portal: RunningPortal, page: Page) -> None:
    at = running_portal.address
    running_portal.manage("shell", "-c", OPEN_GENERATION)
    sign_up(page, at, running_portal.mails)
    register_organisation(page, at)
    start_profile(page, at)

    page.goto(page.url.replace("/edit/exchange/", "/edit/texts/"))
    page.locator("#id_motivation").press_sequentially("Learning from others", delay=15)
    expect(page.locator("[data-draft-status]")).to_contain_text("Saved at")
    step = page.url
    page.goto(step)
    expect(page.locator("#id_motivation")).to_have_value("Learning from others")

    second = page.context.new_page()
    second.goto(step)
    page.locator("#id_motivation").fill("From the first tab")
    expect(page.locator("[data-draft-status]")).to_contain_text("Saved at")
    second.locator("#id_motivation").fill("From the second tab")
    expect(second.locator("[data-draft-part=problems]")).to_contain_text("From the first tab")
    expect(second.locator("[data-draft-part=problems]")).to_contain_text("From the second tab")
    second.get_by_role("button", name="Save my version").click()
    second.wait_for_url(re.compile(r"/profiles/\d+/$"))
    page.goto(step)
    expect(page.locator("#id_motivation")).to_have_value("From the second tab")


def sign_up(page: Page, at: str, mails: Path) -> None:
    page.goto(f"{at}/account/signup/")
    page.locator("#id_full_name").fill("Wilma Fictional")
    page.locator("#id_email").fill(ADDRESS)
    page.locator("#id_password1").fill(PASSWORD)
    page.locator("#id_password2").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url("**/confirm-email/")
    page.goto(confirmation(mails))
    page.locator("main form button").click()
    page.wait_for_load_state()
    if "/login/" in page.url:
        page.locator("#id_login").fill(ADDRESS)
        page.locator("#id_password").fill(PASSWORD)
        page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/welcome/")


def confirmation(mails: Path) -> str:
    """The link in the mail that sign-up sent; mails are files here."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        for mail in mails.glob("*"):
            text = mail.read_text()
            found = re.search(r"http://\S+/confirm-email/\S+/", text)
            if ADDRESS in text and found:
                return found.group()
        time.sleep(0.2)
    raise AssertionError("no confirmation mail")


def register_organisation(page: Page, at: str) -> None:
    page.goto(f"{at}/organisations/new/")
    page.locator("#id_legal_name").fill("Autosave Fictional Works")
    page.locator("#id_kind").select_option("sme")
    page.locator("#id_country").select_option("ES")
    page.locator("#id_street").fill("Rua Nova 1")
    page.locator("#id_postal_code").fill("36201")
    page.locator("#id_city").fill("Vigo")
    page.locator("#id_registration_number").fill("none")
    page.locator("main form button").click()
    page.wait_for_url(re.compile(r"/organisations/\d+/$"))


def start_profile(page: Page, at: str) -> None:
    page.goto(f"{at}/profiles/new/")
    page.locator("#id_organisation").select_option(label="Autosave Fictional Works")
    page.locator("#id_kind").select_option("visiting")
    page.locator("#id_generation").select_option(label="Autosave generation")
    page.locator("main form button").click()
    page.wait_for_url("**/edit/exchange/")
