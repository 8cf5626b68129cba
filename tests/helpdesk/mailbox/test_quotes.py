"""What is new in an answer by mail."""

import pytest

from helpdesk.mailbox.quotes import MARKER, without_quotes

OURS = f"{MARKER}\n\nThe Support Office answers your question:\n\nYes."


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Thank you.", "Thank you."),
        (f"Thank you.\r\n\r\n{OURS}", "Thank you."),
        (
            f"Thank you.\n\nOn Mon, 7 Sep 2026 at 09:00, Portal\n<portal@cxc.example> wrote:\n\n> {MARKER}\n> Yes.",
            "Thank you.",
        ),
        ("Danke.\n\nAm 07.09.2026 um 09:00 schrieb ClusterXchange:\n> Ja.", "Danke."),
        ("Merci.\n\nLe lun. 7 sept. 2026 à 09:00, ClusterXchange <p@cxc.example> a écrit :\n\n> Oui.", "Merci."),
        ("Yes.\n\n-----Original Message-----\nFrom: portal", "Yes."),
        ("Yes.\n\n________________________________\nFrom: portal", "Yes."),
        ("Yes.\n-- \nMaria\nCluster of looms", "Yes."),
        ("First.\n> quoted\nSecond.", "First.\nSecond."),
        ("One.\n\n\n\n\nTwo.", "One.\n\nTwo."),
        (
            "On Monday we travel.\nOn Tuesday we wrote the agenda.",
            "On Monday we travel.\nOn Tuesday we wrote the agenda.",
        ),
        (f"> {OURS}", ""),
        ("", ""),
    ],
)
def test_only_what_is_new_is_kept(text: str, new: str) -> None:
    assert without_quotes(text) == new


def test_a_long_text_takes_no_time() -> None:
    text = "On " * 20_000 + "\n" + "On a line, as so often\n" * 3_000
    assert without_quotes(text) == "\n".join(line.rstrip() for line in text.strip().split("\n"))
