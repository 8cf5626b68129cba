"""`./portal backup` and `./portal restore`: `manage backup` and `manage restore` with a server to work on.

It is that of the running portal, else the clone's own PostgreSQL, started for the while, else what DATABASE_URL names.
"""

import contextlib
import os
from collections.abc import Iterator

from launch import environment, older_database, prepare, services, supervisor, virtualenv
from launch.paths import PYTHON, ROOT, UserError, make_private, var_dir
from launch.processes import ProcessGroup, reap
from launch.signals import Interrupt


def back_up(arguments: list[str]) -> int:
    """The exit code of `manage backup`."""
    virtualenv.ensure("local")
    interrupt = Interrupt()
    if environment.is_running() or _asks_for_help(arguments):
        return _manage(interrupt, environment.of_running_portal(), "backup", arguments)
    with database() as env:
        return _manage(interrupt, env, "backup", arguments)


def restore(arguments: list[str]) -> int:
    """The exit code of `manage restore`. UserError where the portal runs, or its database is not empty."""
    virtualenv.ensure("local")
    interrupt = Interrupt()
    if _asks_for_help(arguments):
        return _manage(interrupt, environment.of_running_portal(), "restore", arguments)
    if environment.is_running():
        raise UserError("The portal of this clone is running. Stop it with ./portal down, then restore.")
    with database() as env:
        older_database.refuse_unless_empty(prepare.ask_database(env, "state"), env["DATABASE_URL"])
        code = _manage(interrupt, env, "restore", arguments)
        if code == 0:
            prepare.leave_out_demo(env)
            print("Start it: ./portal up", flush=True)
        return code


def _asks_for_help(arguments: list[str]) -> bool:
    return bool({"-h", "--help"} & set(arguments))


@contextlib.contextmanager
def database() -> Iterator[dict[str, str]]:
    """The variables that lead to the clone's database, which is started for as long as this lasts."""
    home = make_private(var_dir())
    with supervisor.supervisor_lock(home):
        reap(home / environment.RECORD)
        process_group = ProcessGroup(record=home / environment.RECORD)
        try:
            found = services.start_database(process_group) | {"CXC_VAR_DIR": str(home)}
            yield virtualenv.python_env() | found
        finally:
            process_group.stop()


def _manage(interrupt: Interrupt, env: dict[str, str], name: str, arguments: list[str]) -> int:
    """Where one stands in the shell, so that the folders it names are those that are meant."""
    command = [str(PYTHON), str(ROOT / "manage.py"), name, *arguments]
    code = interrupt.run(command, env, cwd=os.getcwd())
    interrupt.check()
    return code
