"""`./portal bench`: the benchmarks in `benchmarks/`, each a module with `main(json_path)`."""

import ast

from launch import system, virtualenv
from launch.commands import test
from launch.paths import PYTHON, ROOT, UserError

FOLDER = ROOT / "benchmarks"


def run(name: str | None, json_path: str | None) -> int:
    """Run one with the tests' throw-away services; without a name list all with their first line."""
    found = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if not path.stem.startswith("_")}
    if name is None:
        for stem, path in found.items():
            about = (ast.get_docstring(ast.parse(path.read_text())) or "").partition("\n")[0]
            print(f"{stem:20} {about}")
        return 0
    if name not in found:
        raise UserError(f"There is no benchmark {name}. There are: {', '.join(found) or 'none yet'}.")
    virtualenv.ensure("dev")
    system.ensure_test_tools()
    # Told to end it ends as with Ctrl-C: the portal that it started goes with it.
    call = "import signal, sys; signal.signal(signal.SIGTERM, signal.default_int_handler); "
    call += f"from benchmarks.{name} import main; sys.exit(main(sys.argv[1] if sys.argv[1:] else None))"
    return test.with_ephemeral_services([str(PYTHON), "-c", call, *([json_path] if json_path else [])])
