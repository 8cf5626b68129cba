"""What a survey of the portal's pages says."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

NOBODY = "nobody"
ROLES = (NOBODY, "visitor", "host", "coordinator", "support", "observer")
# An address that leads nowhere, for the page that says so.
NOWHERE = "/no-such-page/"


@dataclass
class SurveyedPage:
    """One address that answered a page: the view's name in the resolver, the template that the view rendered."""

    name: str
    template: str
    role: str
    address: str
    html: str = ""  # the file beside survey.json
    size: int = 0  # characters


@dataclass
class Survey:
    """`answers` says for every name what else it answered: 302, 403, 405, application/pdf."""

    pages: list[SurveyedPage] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[str]] = field(default_factory=dict)
    loose_policy: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        (folder / "survey.json").write_text(json.dumps(asdict(self), indent=1))

    @classmethod
    def read(cls, folder: Path) -> "Survey":
        found = json.loads((folder / "survey.json").read_text())
        return cls(**found | {"pages": [SurveyedPage(**page) for page in found["pages"]]})
