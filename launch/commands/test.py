"""`./portal test`: pytest with its own throw-away PostgreSQL and Valkey."""

import os

from launch import ephemeral, system, virtualenv
from launch.paths import PYTHON, make_private, var_dir
from launch.processes import ProcessGroup
from launch.signals import Interrupt

QUICK = "--quick"


def run(arguments: list[str]) -> int:
    """pytest's own exit code. Without arguments the whole suite runs, in several processes.

    `--quick` alone: without what takes long (`tests.plugin.hooks`).
    """
    virtualenv.ensure("dev")
    system.ensure_test_tools()
    return with_ephemeral_services([str(PYTHON), "-m", "pytest", *arguments, *_options(arguments)])


def _options(arguments: list[str]) -> list[str]:
    """Those of a run that no argument narrows down."""
    if set(arguments) - {QUICK}:
        return []
    # One more than there are cores: who waits for PostgreSQL, a worker or a browser leaves its own idle.
    processes = min(os.cpu_count() or 1, 8) + 1
    return ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder", "--durations=20"]


def with_ephemeral_services(command: list[str]) -> int:
    """Run a command with the tests' environment variables, between the start and the end of their services."""
    interrupt = Interrupt()
    runs = make_private(var_dir()) / "runs"
    ephemeral.reap_killed(runs)
    home = ephemeral.new_home()
    process_group = ProcessGroup(record=runs / f"run-{os.getpid()}.json", remove=[str(home)])
    process_group.write()
    try:
        found = ephemeral.start(interrupt, process_group, home)
        env = test_env() | found | {"CXC_VAR_DIR": str(make_private(home / "var"))}
        code = interrupt.run(command, env, at_terminal=True)
        return code if code >= 0 else 128 - code
    finally:
        process_group.stop()


def test_env() -> dict[str, str]:
    """The environment variables of a test run: no setting of the shell's portal reaches it."""
    mine = {"DATABASE_URL", "REDIS_URL"}
    kept = {
        name: value
        for name, value in virtualenv.python_env().items()
        if not name.startswith("CXC_") and name not in mine
    }
    chromium = system.chromium()
    found = {"CXC_CHROMIUM": chromium} if chromium else {}
    # Playwright's loop runs in the tests' thread, which Django takes for asynchronous code.
    return kept | found | {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
