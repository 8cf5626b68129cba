"""What everybody must be able to do, whatever they have in their hands."""

import re
from pathlib import Path
from secrets import token_hex
from typing import Any

from tests.walk.conftest import OpenPersona
from tests.walk.personas import Member
from tests.walk.records import PASSWORD
from tests.walk.window import Window


def register_and_submit_a_profile(
    open_persona: OpenPersona, host_with_tasks: dict[str, str], kind: type[Window], **window: Any
) -> None:
    """Somebody from the street, up to a profile that waits for its Partnership."""
    tail = token_hex(4)  # the portal is shared with other tests
    newcomer = open_persona(Member, f"Nora Fictional {tail}", kind, **window)
    newcomer.sign_up(f"nora.{tail}@walk.example")
    # Nothing like another one's name: the portal asks whether it is registered already.
    newcomer.register_organisation(f"{token_hex(4)} {token_hex(4)} {token_hex(4)}", "ES")
    profile = newcomer.submit_profile(
        "visiting", host_with_tasks["partnership"], generation=host_with_tasks["generation"]
    )
    assert newcomer.shows(profile) == "Submitted"


def sign_in_answer_and_sign(
    open_persona: OpenPersona, host_with_tasks: dict[str, str], scan: Path, kind: type[Window], **window: Any
) -> None:
    """A host says yes to a proposal, and signs a Commitment to Quality."""
    host = open_persona(Member, host_with_tasks["name"], kind, **window)
    page = host.window.page
    host.window.open(host_with_tasks["match"])  # as from a mail: sign-in comes first and leads back
    assert "/login/" in page.url
    host.window.fill(login=host_with_tasks["email"], password=PASSWORD)
    host.window.press("Sign in")
    assert page.url.endswith(host_with_tasks["match"])
    host.window.choose("Say yes")
    assert host.shows(host_with_tasks["match"]) == "Confirmed"
    host.sign_on_paper(host_with_tasks["exchange"], scan, documents=("CTQ",))
    assert re.search(r"\bSigned\b|signed", host.read_page(host_with_tasks["exchange"]))
