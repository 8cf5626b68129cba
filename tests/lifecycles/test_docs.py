"""The page of the lifecycles says what the code does."""

from django.conf import settings

from cxc.workflow import lifecycle_table


def test_the_page_equals_the_code() -> None:
    written = (settings.BASE_DIR / "docs" / "lifecycles.md").read_text()
    assert written == lifecycle_table.page(), "Run ./portal manage lifecycles"
