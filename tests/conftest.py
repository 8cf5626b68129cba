"""What every test has at hand."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.utils import translation

from cxc import clock
from matching.fit import snapshot
from profiles.services.sign_ins import SEEN, STARTED
from tests.factories import cache
from tests.plugin.deferred_todo import derived_when_read
from tests.plugin.demo_world import TEMPLATE, TODAY
from tests.plugin.portal import copied_database
from tests.scenarios.lifecycle import NOW

REPLACING = {"monkeypatch", "settings"}

# No test may fail because the machine is busy: speed is measured by `./portal bench`.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


@receiver(user_logged_in)
def _signed_in_by_password(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """`force_login` stands for signing in with the password, just now."""
    if "account_authentication_methods" not in request.session:
        request.session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        request.session["account_authentication_methods_user"] = str(user.pk)
        request.session[STARTED] = request.session[SEEN] = time.time()


@pytest.fixture(autouse=True)
def _no_language_of_another_tests_page() -> None:
    """Django keeps the language of the last request until the next one."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_copy_of_another_tests_rows() -> None:
    """Rows that a test takes out of the database are not taken out of this process's copy."""
    snapshot.clear()


@pytest.fixture(autouse=True)
def _cache_of_this_test(request: pytest.FixtureRequest) -> None:
    """Where nothing of the portal is replaced, what a test begins with may come from the cache."""
    cache.begin_test(uses_cache=not _replaces(request.node) and not request.node.get_closest_marker("reconciles"))


def _replaces(test: pytest.Function) -> bool:
    """Whether the test or a fixture of ours may replace something; pytest-django asks for it in every test."""
    known = test._fixtureinfo
    fixtures = [one for same in known.name2fixturedefs.values() for one in same]
    ours = [one.argnames for one in fixtures if one.func.__module__.partition(".")[0] != "pytest_django"]
    return any(REPLACING & set(names) for names in [known.initialnames, *ours])


@pytest.fixture(autouse=True)
def _todo_derived_when_read(request: pytest.FixtureRequest) -> Iterator[None]:
    """See `tests.plugin.deferred_todo`."""
    if request.node.get_closest_marker("reconciles"):
        yield
        return
    with derived_when_read():
        yield


@pytest.fixture(autouse=True)
def _no_failed_derivation(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What fails while the to-do is derived is only logged: no test may pass over it."""
    yield
    failed = [one for one in caplog.get_records("call") if (one.name, one.levelname) == ("cxc.todo.reconcile", "ERROR")]
    assert not failed, failed


@pytest.fixture
def now() -> Iterator[None]:
    """The clock held at the morning of the tests."""
    with clock.at(NOW):
        yield


@pytest.fixture(scope="module")
def demo_world(demo_files: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[date]:
    """The demo world as another process has loaded it, in a database of its own for a module; its today.

    Each test's own changes are undone by its savepoint.
    """
    with django_db_blocker.unblock(), copied_database(TEMPLATE), transaction.atomic():
        yield TODAY
        transaction.set_rollback(True)
