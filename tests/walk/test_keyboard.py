"""The main tasks by keyboard alone: Tab, Shift-Tab, Enter, Space, arrows and typing."""

from pathlib import Path

import pytest

from tests.walk import main_tasks
from tests.walk.conftest import OpenPersona
from tests.walk.keyboard import KeyboardWindow

pytestmark = [pytest.mark.long(150), pytest.mark.browser]


def test_registering_and_submitting_a_profile(open_persona: OpenPersona, host_with_tasks: dict[str, str]) -> None:
    main_tasks.register_and_submit_a_profile(open_persona, host_with_tasks, KeyboardWindow)


def test_signing_in_answering_a_proposal_and_signing(
    open_persona: OpenPersona, host_with_tasks: dict[str, str], scan: Path
) -> None:
    main_tasks.sign_in_answer_and_sign(open_persona, host_with_tasks, scan, KeyboardWindow)
