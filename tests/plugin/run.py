"""The processes of one test run, and the folder that they share."""

import os
from pathlib import Path

import pytest


def is_worker() -> bool:
    """One of several processes of a run (pytest-xdist)."""
    return "PYTEST_XDIST_WORKER" in os.environ


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The run's folder, which all its processes know."""
    base = factory.getbasetemp()
    return base.parent if is_worker() else base
