import pytest

from checks.clock import check
from checks.source import Module


def faults(source: str, path: str = "profiles/services.py") -> int:
    return len(list(check(Module(path, source))))


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import datetime\ndatetime.now(tz=None)",
        "from datetime import date as day\nday.today()",
        "import datetime as dt\ndt.date.today()",
        "from django.utils import timezone\ntimezone.now()",
        "from django.utils import timezone\nx = DateTimeField(default=timezone.now)",
        "import time\ntime.time()",
        "DateTimeField(auto_now_add=True)",
        "from django.db.models.functions import Now\nx = Now()",
        "RunSQL('INSERT INTO a VALUES (now())')",
    ],
)
def test_other_sources_of_time_are_refused(source: str) -> None:
    assert faults(source) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from cxc import clock\nclock.now()",
        "import time\ntime.monotonic()",
        "from datetime import datetime\ndatetime(2021, 8, 10)",
        "'What happens now (and later)'",
        "from django.utils import timezone\ntimezone.now()  # clock: one-time codes stay on real time",
    ],
)
def test_the_clock_and_what_is_no_clock_are_free(source: str) -> None:
    assert faults(source) == 0


def test_the_clock_itself_may_ask_the_system() -> None:
    assert faults("import time\ntime.time()", path="cxc/clock.py") == 0
