"""Lines of the log have a form that programs read, and hold nothing of people."""

import json
import logging
import sys
import time
from typing import Any

import pytest
from gunicorn.config import Config

from cxc.core import request_number
from cxc.core.gunicorn_log import GunicornLogger
from cxc.core.log_lines import JsonLines, PlainLines, without_personal_data
from launch.paths import ROOT


def record(message: str, *values: object, **extra: Any) -> logging.LogRecord:
    made = logging.LogRecord("exchanges.services", logging.WARNING, "", 0, message, values, None)
    made.__dict__.update(extra)
    return made


def test_a_line_is_one_json_object_with_its_request() -> None:
    with request_number.of("0123456789abcdef"):
        line = JsonLines().format(record("Mail %s was not sent\nthis time", 7, fields={"status": 404}))
    found = json.loads(line)
    assert "\n" not in line
    assert (found["level"], found["logger"], found["request"]) == ("WARNING", "exchanges.services", "0123456789abcdef")
    assert (found["message"], found["status"]) == ("Mail 7 was not sent\nthis time", 404)
    assert found["time"].endswith("+00:00")


def test_an_exception_stands_in_its_line() -> None:
    try:
        raise ValueError("no ana@test.example")
    except ValueError:
        found = json.loads(JsonLines().format(record("Failed", exc_info=sys.exc_info())))
    assert found["exception"].startswith("Traceback")
    assert found["exception"].endswith("ValueError: no …")


def test_a_plain_line_names_the_request_too() -> None:
    with request_number.of("0123456789abcdef"):
        assert PlainLines().format(record("Gone")).endswith(" WARNING exchanges.services 0123456789abcdef: Gone")
    assert PlainLines().format(record("Gone")).endswith(" exchanges.services -: Gone")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("550 <Ana.O'Neil+x@mail.test.example>: no such user", "550 <…>: no such user"),
        ("to ana@test.example, bob@mail.test.example", "to …, …"),
        ("GET /sign-in/?next=/search/?q=Rossi", "GET /sign-in/?…"),
        ("GET /search/?q=Maria+Rossi&page=2 HTTP/1.1", "GET /search/?… HTTP/1.1"),
        ("Is it 3 = 3?", "Is it 3 = 3?"),
        ("Not Found: /invitations/s3cret-of_somebody/", "Not Found: /invitations/…/"),
        (
            'violates "user_email"\nDETAIL:  Key (name)=(Ana\nRossi) already exists.\n\nDuring handling',
            'violates "user_email"\nDETAIL: …\n\nDuring handling',
        ),
        ("DETAIL:  Failing row contains (7, Ana).\nCONTEXT:  SQL", "DETAIL: …\nCONTEXT:  SQL"),
        ("celery@vm12 ready.", "celery@vm12 ready."),
    ],
)
def test_nothing_of_people_is_in_a_line(text: str, expected: str) -> None:
    assert without_personal_data(text) == expected


@pytest.mark.parametrize("part", ["a", "a@", "a@a.", "?", "?a", "?=", "@", ".", "a" * 64 + "@" + "b" * 255, "DETAIL:"])
def test_hostile_text_takes_no_time(part: str) -> None:
    text = part * (100_000 // len(part))
    begun = time.process_time()
    without_personal_data(f"{text}@{text}?{text}")
    assert time.process_time() - begun < 1


def test_every_handler_that_writes_lines_has_one_of_these_forms() -> None:
    from cxc import settings as portal_settings

    logs: Any = portal_settings.LOGGING
    assert {each["()"] for each in logs["formatters"].values()} == {
        "cxc.core.log_lines.PlainLines",
        "cxc.core.log_lines.JsonLines",
    }
    assert {each.get("formatter") for name, each in logs["handlers"].items() if name != "mail"} <= set(
        logs["formatters"]
    )


def test_gunicorn_writes_lines_of_this_form_and_none_for_answers() -> None:
    configuration = Config()
    logger = GunicornLogger(configuration)
    assert {type(handler.formatter) for handler in logger.error_log.handlers} == {JsonLines}
    assert '"--config", "python:cxc.gunicorn_settings"' in (ROOT / "Dockerfile").read_text()
    named = (ROOT / "cxc/gunicorn_settings.py").read_text()
    assert 'logger_class = "cxc.core.gunicorn_log.GunicornLogger"' in named
    assert "accesslog" not in named
