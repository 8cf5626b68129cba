"""Asks the process that opens files handed in (`upload_child`) what is wrong with one, and for its picture anew."""

import json
import subprocess

from cxc.documents.pages import upload_child
from cxc.documents.pages.process import run


class HarmfulError(ValueError):
    """The file is refused. `problem` says why in a word: the names stand in `cxc.web.uploads`."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


def inspected(content: bytes, *, content_type: str, rebuild: bool) -> bytes:
    """The file as it can be stored: a picture drawn anew where `rebuild`, else the bytes it came with.

    HarmfulError where it is damaged, locked or active, or larger than it looks.
    """
    try:
        answer = run(upload_child, content, content_type=content_type, rebuild=rebuild)
    except subprocess.TimeoutExpired:
        raise HarmfulError("slow") from None
    line, _newline, drawn = answer.partition(b"\n")
    problem = json.loads(line)["problem"] if line else "slow"  # the process was ended by its limits
    if problem:
        raise HarmfulError(problem)
    return drawn or content
