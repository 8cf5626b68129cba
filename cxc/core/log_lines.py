"""The form of a line in the log: JSON in production, plain text on a desk; in both without personal data.

Rule: docs/monitoring.md, Logs.
"""

import json
import logging
import re
from datetime import UTC, datetime

from cxc.core import request_number
from cxc.core.secret_addresses import masked

MASK = "…"
# Bounded by the lengths that RFC 5321 allows, else hostile text would take time that grows with its square.
_MAIL_ADDRESS = re.compile(r"[^\s<>\"(),;:=@“”«»]{1,64}@[^\s<>\"'(),;:=@“”«»]{1,255}\.\w+")
_QUERY = re.compile(r"\?[^\s\"'<>?=]*=[^\s\"'<>]*")
# PostgreSQL repeats the values of a row that a constraint refuses.
_ROW = re.compile(r"DETAIL:.*?(?=\n(?:CONTEXT|HINT|QUERY|LINE|STATEMENT):|\n\n|\Z)", re.DOTALL)


def without_personal_data(text: str) -> str:
    """The text without mail addresses, queries, secrets in addresses, and rows that the database repeats."""
    text = _ROW.sub(f"DETAIL: {MASK}", text) if "DETAIL:" in text else text
    text = _MAIL_ADDRESS.sub(MASK, text) if "@" in text else text
    return masked(_QUERY.sub(f"?{MASK}", text) if "?" in text else text)


class PlainLines(logging.Formatter):
    """A line that people read."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(request)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record.request = request_number.current() or "-"
        return without_personal_data(super().format(record))


class JsonLines(logging.Formatter):
    """One JSON object a line; what a caller gave as `extra={"fields": {…}}` stands beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        found: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "request": request_number.current(),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            found["exception"] = self.formatException(record.exc_info)
        cleaned = {name: without_personal_data(text) if isinstance(text, str) else text for name, text in found.items()}
        return json.dumps(cleaned, ensure_ascii=False)
