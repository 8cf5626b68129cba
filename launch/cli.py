"""The commands of `./portal`, what they are called with and what they say when it goes wrong."""

import argparse
import os
import subprocess
import sys

from launch import virtualenv
from launch.paths import PYTHON, ROOT, UserError
from launch.signals import Stopped

HELP = """\
./portal up [--port N] [--detach] [--no-demo]   start the portal with all it needs; again: within seconds
./portal down                                   stop it
./portal test [--quick | pytest arguments]      all tests; quick: without those that take long
./portal check                                  style, types, layers, migrations, templates, translations, rules, locks
./portal bench [NAME] [--json FILE]             run a benchmark; without a name: list them
./portal bench text --file FILE [--json FILE]   measure how well descriptions find what is like them
./portal doctor                                 what is wrong with the portal, and what cures it
./portal manage COMMAND ...                     Django's command line against the running portal
./portal backup [--to FOLDER] [--encrypt-to KEY] back up database and files; FOLDER: also s3://bucket/prefix
./portal restore SOURCE [--key FILE]            restore a back-up into an empty database
./portal lock [--upgrade]                       write requirements/ anew from pyproject.toml
./portal translations                           bring locale/ up to date with the source, and say what waits
"""


def main(arguments: list[str]) -> int:
    """The exit code of the command; an error that the person can cure is printed as a sentence, without a traceback."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    command = COMMANDS.get(name)
    if command is None:
        print(HELP, end="")
        return 0 if name in {"help", "--help", "-h"} else 2
    try:
        return command(rest)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except Stopped as stopped:
        return 128 + int(str(stopped))
    except KeyboardInterrupt:
        return 130


def _test(arguments: list[str]) -> int:
    from launch.commands import test

    return test.run(arguments)


def _check(arguments: list[str]) -> int:
    from launch.commands import check

    parser = argparse.ArgumentParser(prog="./portal check")
    parser.add_argument("only", nargs="*", help=f"names of single checks: {', '.join(check.CHECKS)}")
    return check.run(parser.parse_args(arguments).only)


def _bench(arguments: list[str]) -> int:
    from launch.commands import bench

    parser = argparse.ArgumentParser(prog="./portal bench")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--json", metavar="FILE", help="write the figures there")
    parser.add_argument("--file", metavar="FILE", help="what to measure; for `text`: descriptions as JSON")
    options = parser.parse_args(arguments)
    json_path, file = (os.path.abspath(path) if path else None for path in (options.json, options.file))
    return bench.run(options.name, json_path, file)


def _doctor(arguments: list[str]) -> int:
    argparse.ArgumentParser(prog="./portal doctor").parse_args(arguments)
    return _manage(["doctor"])


def _manage(arguments: list[str]) -> int:
    virtualenv.ensure("local")
    from launch import environment

    return subprocess.call([str(PYTHON), "manage.py", *arguments], cwd=ROOT, env=environment.of_running_portal())


def _backup(arguments: list[str]) -> int:
    from launch.commands import backup

    return backup.back_up(arguments)


def _restore(arguments: list[str]) -> int:
    from launch.commands import backup

    return backup.restore(arguments)


def _lock(arguments: list[str]) -> int:
    from launch import lock

    parser = argparse.ArgumentParser(prog="./portal lock")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions pyproject.toml allows")
    options = parser.parse_args(arguments)
    virtualenv.ensure("local")
    lock.lock(upgrade=options.upgrade)
    return 0


def _translations(arguments: list[str]) -> int:
    from launch.commands import check

    argparse.ArgumentParser(prog="./portal translations").parse_args(arguments)
    virtualenv.ensure("dev")
    return subprocess.call([str(PYTHON), "-m", "checks.translations", "--write"], cwd=ROOT, env=check.source_env())


def _up(arguments: list[str]) -> int:
    from launch import supervisor

    parser = argparse.ArgumentParser(prog="./portal up")
    parser.add_argument("--port", type=int, help="default: 8000, or a free one when that is taken")
    parser.add_argument("--detach", action="store_true", help="give the terminal back once it is up")
    parser.add_argument(
        "--no-demo", action="store_true", help="no demo world; the clock can be moved only with CXC_MOVABLE_CLOCK=1"
    )
    options = parser.parse_args(arguments)
    return supervisor.up(port=options.port, detach=options.detach, demo=not options.no_demo)


def _down(arguments: list[str]) -> int:
    from launch import supervisor

    argparse.ArgumentParser(prog="./portal down").parse_args(arguments)
    return supervisor.down()


COMMANDS = {
    "up": _up,
    "down": _down,
    "test": _test,
    "check": _check,
    "bench": _bench,
    "doctor": _doctor,
    "manage": _manage,
    "backup": _backup,
    "restore": _restore,
    "lock": _lock,
    "translations": _translations,
}
