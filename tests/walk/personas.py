"""What each person of the walk does in the portal."""

import re
from datetime import date
from pathlib import Path

from tests.walk.pdf_document import PdfDocument
from tests.walk.records import PASSWORD
from tests.walk.steps import Persona, step
from tests.walk.window import until

SHARED = {
    "goals": "Find joint trials.",
    "mutual_learning": "Each leads a workshop.",
    "learning_between_visitors": "A round table.",
    "feedback_time": "Half an hour a day.",
}
OWN = {
    "objectives": "Learn about sensors.",
    "outcomes": "A letter of intent.",
    "follow_up": "A call in spring.",
    "responsibilities": "The visitor brings a demonstrator.",
}
REPORT = {
    "activities": "All as in the agenda.",
    "outcomes": "A letter of intent was signed.",
    "follow_up": "A call in March.",
    "satisfaction": "5",
}


class SignedIn(Persona):
    """Anybody with a sign-in: looks at exchanges, opens papers, signs."""

    @step
    def sign_in(self, email: str) -> None:
        self.window.open("/account/login/")
        self.window.fill(login=email, password=PASSWORD)
        self.window.press("Sign in")

    def shows(self, address: str) -> str:
        """The state of the thing at that address."""
        self.window.open(address)
        return self.window.state()

    @step
    def read_document(self, address: str, section: str, *, link: str = "PDF") -> PdfDocument:
        """The PDF that this section of the page leads to."""
        self.window.open(address)
        return self.window.document(re.compile(link), within=f"#{section}", folder=self.walk.folder)

    @step
    def sign_on_paper(self, exchange: str, scan: Path, *, documents: tuple[str, ...]) -> None:
        """Hand in the scan of what one's party signs; the form offers exactly these papers."""
        self.window.open(exchange)
        self.window.follow("Hand in a signature")
        offered = self.window.page.locator("#div_id_documents label.form-check-label").all_inner_texts()
        assert sorted(words.split()[0] for words in offered) == sorted(documents)
        for words in offered:
            self.window.tick("documents", words.strip())
        self.window.fill(signer=self.window.who, scan=scan)
        self.window.press("Hand in the scan")

    @step
    def sign_on_screen(self, exchange: str, *sections: str) -> None:
        """Read and sign each document that waits in these sections of the page."""
        for section in sections:
            self.window.open(exchange)
            self.window.follow("Read and sign", within=f"#{section}")
            self.window.page.get_by_role("img", name="Page 1 of").wait_for()
            self.window.fill(read=True)
            self._press_as_oneself("Sign")
            assert "has already signed for" in self.window.text()

    @step
    def sign_visit(self, visit: str) -> None:
        """All documents of the visit that wait for one, in one sitting."""
        self.window.open(visit)
        self.window.follow("Read and sign the documents")
        self.window.fill(read_all=True, sign=True)
        self._press_as_oneself("Sign the documents that I have read")
        assert "Nothing of this visit waits for your signature now." in self.window.text()

    @step
    def read_sealed(self, exchange: str, section: str) -> PdfDocument:
        """The sealed file that this section of the page leads to, once the worker has made it."""
        label = re.compile("signed by all and sealed")

        def links() -> int:
            self.window.open(exchange)
            return self.window.page.locator(f"#{section}").get_by_role("link", name=label).count()

        until(lambda: links() or None, what=f"the sealed file of {section}")
        return self.window.document(label, within=f"#{section}", folder=self.walk.folder)

    @step
    def check_sealed(self, sealed: PdfDocument) -> None:
        """The proof page knows the sealed file by its hash; of one with a byte changed it says so, once it is sent."""
        self.window.open("/proof/")
        self._check_file(sealed.content)
        assert "Genuine and unchanged" in self.window.text()
        assert "sha256=" in self.window.page.url
        changed = sealed.content.replace(b"/Producer", b"/Producex", 1)
        self._check_file(changed)
        assert "Not recognised" in self.window.text()
        self._check_file(changed)
        assert "Not as the portal made it" in self.window.text()

    def _check_file(self, content: bytes) -> None:
        file = self.walk.folder / "checked.pdf"
        file.write_bytes(content)
        self.window.fill(file=file)
        self.window.press("Check the file")

    def _press_as_oneself(self, button: str) -> None:
        """Press a button; where the portal asks who one is, say so, and send what was kept."""
        self.window.press(button)
        if "Confirm that it is you" in self.window.text():
            self.window.fill(password=PASSWORD)
            self.window.press("Continue")
            self.window.press("Send")


class Member(SignedIn):
    """The owner of an organisation, visiting or host, who comes from the street."""

    @step
    def sign_up(self, email: str) -> None:
        """Register, and confirm the address with the link in the mail."""
        window = self.window
        window.open("/")
        window.follow("Register", within="body")
        window.fill(full_name=window.who, email=email, password1=PASSWORD, password2=PASSWORD)
        window.press("Register")
        window.open(window.mailed(email, "Confirm your e-mail address", r"http://\S+/confirm-email/\S+/"))
        window.press("Yes, confirm it")

    @step
    def register_organisation(self, name: str, country: str) -> None:
        """The organisation, and oneself as its signatory."""
        window = self.window
        window.fill(legal_name=name, kind="business_network", country=country, city="Sample City")
        window.fill(street="Street 1", postal_code="1000", registration_number=f"R-{name.split()[0]}")
        window.press("Register")
        window.follow("Manage members and invitations")
        window.write("may sign", True)
        window.press(f"Save: {window.who}")

    @step
    def submit_profile(self, kind: str, partnership: str, **given: str) -> str:
        """A profile filled in step by step and submitted; its address. `given`: what else is chosen at its start."""
        window = self.window
        window.open("/profiles/")
        window.follow("New profile")
        window.fill(kind=kind, **given)
        window.press("Start")
        window.write("Title", "Sensors in ports")
        window.tick("types", "Networking")
        window.tick("languages", "English")
        window.fill(physical=True, available_from="2026-09-01", available_to="2027-03-31", working_days="3")
        window.press("Save and continue")
        window.fill(motivation="To learn from each other.", description="What we do.")
        window.fill(partnership=partnership, eligibility_declared=True)
        window.press("Submit")
        return re.sub(r"(/profiles/\d+/).*", r"\1", window.page.url)

    @step
    def propose_match(self, host: str) -> str:
        """From the card of a host in the catalogue; the match's address."""
        window = self.window
        window.follow("Catalogue", within="header")
        window.follow(re.compile(host))
        window.follow("Propose a match")
        window.fill(message="Shall we meet?")
        window.fill(mine=window.first("mine"))
        window.press("Propose")
        return window.page.url

    @step
    def say_yes(self, email: str) -> None:
        """On the page that the mail about the proposal leads to."""
        self.window.open(self.window.mailed(email, "A proposal:", r"http://\S+/matches/\d+/"))
        self.window.choose("Say yes")

    @step
    def write_own_part(self, exchange: str) -> None:
        self.window.open(exchange)
        self.window.follow("Edit the own part", within="#ctq")
        self.window.fill(**OWN)
        self.window.press("Save")

    @step
    def name_payee(self, exchange: str, payee: str, iban: str) -> None:
        self.window.open(exchange)
        self.window.follow("Edit payee and bank account", within="#fa")
        self.window.fill(payee=payee, iban=iban)
        self.window.press("Save")

    @step
    def hand_in_evidence(self, exchange: str, file: Path) -> None:
        self.window.open(exchange)
        self.window.follow("Hand in evidence")
        self.window.fill(kind="hotel", file=file)
        self.window.press("Hand in evidence")

    @step
    def submit_report(self, exchange: str) -> None:
        self.window.open(exchange)
        self.window.follow("Write the report", within="#far")
        self.window.fill(**REPORT)
        self.window.press("Save the report")
        self.window.choose("Submit the report")

    @step
    def read_page(self, exchange: str) -> str:
        self.window.open(exchange)
        return self.window.text()


class Coordinator(SignedIn):
    """The coordinator of a Partnership, its signatory as well."""

    @step
    def publish(self, profile: str) -> None:
        self.window.open(profile)
        self.window.choose("Publish")

    @step
    def create_visit(self, match: str, days: list[date]) -> str:
        """The visit at the host, with the exchange of this match on it; its address."""
        self.window.open(match)
        self.window.follow("Create a visit")
        self.window.fill(first_day=days[0], last_day=days[-1], city="Sample City", time_zone="Europe/Brussels")
        self.window.press("Create a visit")
        return self.window.page.url

    @step
    def write_shared_part(self, visit: str, days: list[date]) -> None:
        """The texts, and a workshop on each day; then for the Support Office."""
        window = self.window
        window.open(visit)
        window.follow("Goals, agenda and remarks")
        window.follow("Edit the shared part")
        window.fill(**SHARED)
        window.press("Save")
        window.follow("Edit the agenda")
        for number, day in enumerate(days):
            row = {"day": day, "starts": "09:00", "ends": "12:00", "title": f"Workshop {number}", "leader": "The host"}
            window.fill(**{f"form-{number}-{name}": value for name, value in row.items()})
        window.press("Save the agenda")
        window.choose("Ready for validation", within="#ctq")

    @step
    def open_exchange(self, visit: str, visitor: str) -> str:
        """From the list of those who come; the exchange's address."""
        self.window.open(visit)
        self.window.follow(visitor, within="#exchanges")
        return self.window.page.url

    @step
    def plan(self, exchange: str, days: list[date]) -> None:
        self.window.open(exchange)
        self.window.follow("Change the plan")
        self.window.fill(type="Networking", start=days[0], end=days[-1])
        self.window.press("Change the plan")
        self.window.choose("Start the preparation")

    @step
    def agree_figures(self, exchange: str, days: list[date]) -> None:
        self.window.open(exchange)
        self.window.follow("Set sector and agreed figures")
        self.window.fill(sector=self.window.first("sector"), start=days[0], end=days[-1])
        self.window.press("Save the figures")

    @step
    def transition(self, exchange: str, label: str, *, within: str = "main") -> None:
        """One of the transitions that the page offers."""
        self.window.open(exchange)
        self.window.choose(label, within=within)

    @step
    def sees_it_start(self, exchange: str) -> None:
        """Nobody does anything: beat and worker do."""
        until(lambda: self.shows(exchange) == "Ongoing", what="the start by itself")

    @step
    def accept_evidence(self) -> None:
        """At the reading desk: the file is seen before it is accepted."""
        self.window.open("/exchanges/decisions/")
        self.window.follow(re.compile("^Evidence"))
        self.window.page.wait_for_function("document.querySelector('.desk-document img').naturalWidth > 0")
        self.window.press("Accept")

    @step
    def accept_amount(self, exchange: str) -> None:
        self.window.open(exchange)
        self.window.follow("Accept the payable amount", within="#payable")
        self.window.press("Accept the amount")

    @step
    def pay(self, exchange: str, *, on: date, reference: str) -> None:
        self.window.open(exchange)
        self.window.follow("Confirm the payment")
        self.window.fill(paid_on=on, reference=reference)
        self.window.press("Confirm the payment")


class Office(SignedIn):
    """Somebody of the Support Office."""

    @step
    def validate(self, visit: str) -> None:
        """All papers of the visit on one screen, from the queue."""
        self.window.follow("Validation", within="header")
        self.window.page.locator(f"main a[href='{_validation(visit)}']").wait_for()
        self.window.open(_validation(visit))
        self.window.press("Validate together")


def _validation(visit: str) -> str:
    return re.sub(r"^.*/visits/", "/validation/", visit)
