"""The main tasks where scripts are off: each step's submit keeps it."""

from pathlib import Path

import pytest

from tests.walk import main_tasks
from tests.walk.conftest import Seat
from tests.walk.looks import PHONE
from tests.walk.window import Window

pytestmark = [pytest.mark.long, pytest.mark.browser]


def test_registering_and_submitting_a_profile(seat: Seat, at_home: dict[str, str]) -> None:
    main_tasks.register_and_submit_a_profile(seat, at_home, Window, scripts=False, width=PHONE)


def test_signing_in_answering_a_proposal_and_signing(seat: Seat, at_home: dict[str, str], scan: Path) -> None:
    main_tasks.sign_in_answer_and_sign(seat, at_home, scan, Window, scripts=False, width=PHONE)
