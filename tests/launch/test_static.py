import re

import pytest
from django.contrib.staticfiles import finders

from launch.paths import ROOT

NAMED = sorted(
    {
        (str(path.relative_to(ROOT)), name)
        for folder in ("templates", "cxc", "profiles", "matching", "exchanges", "reports", "helpdesk", "public")
        for path in (ROOT / folder).rglob("*.html")
        for name in re.findall(r"{% static ['\"]([^'\"]+)['\"]", path.read_text())
    }
)


@pytest.mark.parametrize(("template", "name"), NAMED)
def test_what_a_template_names_is_there(template: str, name: str) -> None:
    """The tests serve static files without a manifest; the portal answers 500 for a name it lacks."""
    assert finders.find(name) is not None
