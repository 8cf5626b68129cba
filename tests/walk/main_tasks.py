"""What everybody must be able to do, whatever they have in their hands."""

import re
from pathlib import Path
from secrets import token_hex
from typing import Any

from tests.walk.conftest import Seat
from tests.walk.desks import Member
from tests.walk.setting import PASSWORD
from tests.walk.window import Window


def register_and_submit_a_profile(seat: Seat, at_home: dict[str, str], kind: type[Window], **window: Any) -> None:
    """Somebody from the street, up to a profile that waits for its Partnership."""
    tail = token_hex(4)  # the portal is shared with other tests
    newcomer = seat(Member, f"Nora Fictional {tail}", kind, **window)
    newcomer.sign_up(f"nora.{tail}@walk.example")
    # Nothing like another one's name: the portal asks whether it is registered already.
    newcomer.register_organisation(f"{token_hex(4)} {token_hex(4)} {token_hex(4)}", "ES")
    profile = newcomer.submit_profile("visiting", at_home["partnership"], generation=at_home["generation"])
    assert newcomer.shows(profile) == "Submitted"


def sign_in_answer_and_sign(seat: Seat, at_home: dict[str, str], scan: Path, kind: type[Window], **window: Any) -> None:
    """A host says yes to a proposal, and signs a Commitment to Quality."""
    host = seat(Member, at_home["name"], kind, **window)
    page = host.window.page
    host.window.open(at_home["match"])  # as from a mail: sign-in comes first and leads back
    assert "/login/" in page.url
    host.window.fill(login=at_home["email"], password=PASSWORD)
    host.window.press("Sign in")
    assert page.url.endswith(at_home["match"])
    host.window.choose("Say yes")
    assert host.shows(at_home["match"]) == "Confirmed"
    host.sign_on_paper(at_home["exchange"], scan, papers=("CTQ",))
    assert re.search(r"\bSigned\b|signed", host.read_page(at_home["exchange"]))
