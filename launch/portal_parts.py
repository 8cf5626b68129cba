"""The portal's own processes (web, worker, beat) and what `up` says about them."""

import os
from collections.abc import Mapping
from pathlib import Path

from launch.paths import PYTHON, ROOT, make_private, var_dir
from launch.processes import ProcessGroup

DEMO_SIGN_INS = {
    "visitor@demo.example": "a visiting organisation",
    "host@demo.example": "a host organisation",
    "coordinator@demo.example": "a Partnership's coordinator",
    "support@demo.example": "the Support Office",
    "observer@demo.example": "the agency, reading only",
}


def settings(port: int, *, demo: bool) -> dict[str, str]:
    """The environment variables that make this the portal on one's own machine."""
    home = var_dir()
    found = {
        "CXC_VAR_DIR": str(home),
        "CXC_SITE_ADDRESS": f"http://127.0.0.1:{port}",
        # Mails are written into a folder: nobody's demo writes to strangers.
        "CXC_EMAIL_DIR": str(make_private(home / "mails")),
        "CXC_DEMO_WORLD": "1" if demo else "0",
        # A rehearsal without the demo world asks for the movable clock itself.
        "CXC_MOVABLE_CLOCK": "1" if demo else os.environ.get("CXC_MOVABLE_CLOCK", "0"),
    }
    # What the shell says wins, except where the demo would be half on.
    chosen = {name: os.environ[name] for name in ("CXC_EMAIL_DIR", "CXC_SITE_ADDRESS") if name in os.environ}
    return found | chosen


def start(process_group: ProcessGroup, env: Mapping[str, str], port: int, *names: str) -> None:
    """Start these; they are stopped in the opposite order: beat and worker first, then the web."""
    for name in names:
        log = var_dir() / "logs" / f"{name}.log"
        process_group.start(name, commands(port)[name], env=env, log=log, cwd=ROOT, stop_timeout=15)


def other_parts(env: Mapping[str, str]) -> list[str]:
    """The other parts. Mails that are written into a folder need no worker of their own: a folder does not hang."""
    return ["worker", "mail", "beat"] if env.get("CXC_EMAIL_HOST") else ["worker", "beat"]


def commands(port: int) -> dict[str, list[str]]:
    """Name to command line."""
    celery = [str(PYTHON), "-m", "celery", "-A", "cxc.celery"]
    worker = [*celery, "worker", "--loglevel", "INFO", "--without-mingle", "--without-gossip", "--concurrency"]
    own_mail = ["--queues", "celery"] if os.environ.get("CXC_EMAIL_HOST") else []
    web = [str(PYTHON), "-m", "gunicorn", "cxc.wsgi:application"]
    web += ["--config", "python:cxc.gunicorn_settings", "--bind", f"127.0.0.1:{port}"]
    return {
        "web": [*web, "--workers", "2"],
        "worker": [*worker, "2", *own_mail],
        "mail": [*worker, "1", "--queues", "mail", "--hostname", "mail@%h"],
        "beat": [*celery, "beat", "--pidfile", "", "--schedule", str(var_dir() / "beat-schedule")],
    }


def rotate_logs(folder: Path) -> None:
    """Each start writes new logs and keeps those of the one before."""
    for path in folder.glob("*.log"):
        if path.name != "up.log":
            path.replace(path.with_suffix(".log.1"))


def announcement(address: str, *, demo: bool) -> str:
    """Where the portal is, and who may sign in while the demo world is on."""
    lines = [f"\nThe portal is up: {address}"]
    if demo and has_demo():
        lines += ["Demo sign-ins, password `demo`:"]
        lines += [f"  {email:26}{who}" for email, who in DEMO_SIGN_INS.items()]
    lines += [f"Mails are in {var_dir() / 'mails'}. Stop with Ctrl-C or ./portal down"]
    return "\n".join(lines)


def has_demo() -> bool:
    """True once the command that loads the demo world is part of the portal."""
    return (ROOT / "cxc" / "demo" / "management" / "commands" / "demo.py").exists()
