"""`./portal bench`: the benchmarks in `benchmarks/`, each a module with `main(json_path)`."""

import ast
from pathlib import Path

from launch import system, virtualenv
from launch.commands import test
from launch.paths import PYTHON, ROOT, UserError

FOLDER = ROOT / "benchmarks"
NEEDS_FILE = ("text",)  # their main takes a second path: what to measure


def run(name: str | None, json_path: str | None, file: str | None = None) -> int:
    """Run one with the tests' throw-away services; without a name list all with their first line.

    `file`: what to measure, for a benchmark that needs to be given something.
    """
    found = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if not path.stem.startswith("_")}
    if name is None:
        for stem, path in found.items():
            about = (ast.get_docstring(ast.parse(path.read_text())) or "").partition("\n")[0]
            print(f"{stem:20} {about}")
        return 0
    if name not in found:
        raise UserError(f"There is no benchmark {name}. There are: {', '.join(found) or 'none yet'}.")
    if name in NEEDS_FILE and not (file and Path(file).is_file()):
        raise UserError(f"./portal bench {name} needs --file FILE, a file that exists.")
    if file and name not in NEEDS_FILE:
        raise UserError(f"./portal bench {name} takes no --file: it measures what it makes itself.")
    virtualenv.ensure("dev")
    system.ensure_test_tools()
    # Told to end it ends as with Ctrl-C: the portal that it started goes with it.
    call = "import signal, sys; signal.signal(signal.SIGTERM, signal.default_int_handler); "
    call += f"from benchmarks.{name} import main; sys.exit(main(*(path or None for path in sys.argv[1:])))"
    paths = [json_path or "", *([file] if file else [])]
    return test.with_ephemeral_services([str(PYTHON), "-c", call, *paths])
