"""A PDF of the portal that somebody signed elsewhere, with a certificate of their own. Rule: docs/signing.md."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.core.printable import made_printable
from cxc.core.refusals import Refused
from cxc.core.sanitise import one_line
from cxc.seals import signed_file_child as child

SECONDS = 20
_SENTENCES: dict[str, Any] = {
    child.UNREADABLE: _("This file can't be read. Sign the PDF of this version again, then choose the new file."),
    child.UNSIGNED: _(
        "This file has no signature made with a certificate. Sign the PDF of this version with your signing software,"
        " or hand in a scan."
    ),
    child.BROKEN: _("A signature in this file is not valid any more. Sign the PDF of this version again."),
    child.CHANGED: _(
        "This file was changed besides being signed. Download the PDF of this version, sign it and change nothing else."
    ),
}
_OTHER = _(
    "This is not the PDF of this version. Download it from this page, sign that file without printing or saving it"
    " anew, then choose the signed file."
)


@dataclass(frozen=True)
class Certificate:
    """Who issued the certificate of a signature, and to whom; `sha256` is its fingerprint."""

    issuer: str
    subject: str
    sha256: str


def certificate_of(signed: bytes, *, original: bytes) -> Certificate:
    """The certificate of the last signature in a file that is `original` with signatures added, and nothing else.

    Refused, with a sentence that says what to do, for any other file.
    """
    if not signed.startswith(original) or signed == original:
        raise Refused(str(_OTHER if signed != original else _SENTENCES[child.UNSIGNED]))
    answer = _asked(signed, len(original))
    if "problem" in answer:
        raise Refused(str(_SENTENCES[answer["problem"]]))
    return Certificate(_text(answer["issuer"]), _text(answer["subject"]), answer["sha256"])


def _text(name: str) -> str:
    """A name of a certificate as documents can print it."""
    return made_printable(one_line(name))


def _asked(signed: bytes, original: int) -> dict[str, str]:
    """The answer of the process that opens the file."""
    order = json.dumps({"original": original}).encode()
    try:
        finished = subprocess.run(
            [sys.executable, "-I", str(Path(child.__file__))],
            input=order + b"\n" + signed,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
        found: dict[str, str] = json.loads(finished.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"problem": child.UNREADABLE}
    return found
