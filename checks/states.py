"""A state changes only by a transition (`cxc.workflow`): nothing else writes the field.

Refused are an assignment to `.state`, `setattr(x, "state", …)`, `state=` given to a model or
to create, update and their relatives, "state" among the fields of bulk_update, bulk_create of
a model that has a state, and SQL that sets one. Reading and filtering are free.
"""

import ast
import re
from collections.abc import Collection, Iterable, Iterator

from checks.source import PACKAGES, Fault, Module, dotted, imported

FIELD = "state"
HOME = ("cxc/workflow.py", "cxc/workflow/")
WRITERS = {"create", "acreate", "update", "aupdate", "get_or_create", "aget_or_create"}
WRITERS |= {"update_or_create", "aupdate_or_create"}
BULK_CREATE = {"bulk_create", "abulk_create"}
BULK_UPDATE = {"bulk_update", "abulk_update"}
SQL = re.compile(r"\bupdate\b.*\bset\b[^;]*\bstate\s*=", re.IGNORECASE | re.DOTALL)


def check(module: Module, stateful: Collection[str]) -> Iterator[Fault]:
    """Faults of one file; `stateful` names the models with a state field."""
    if module.path.startswith(HOME):
        return
    models, historic = _models_here(module), _historic(module)
    for node in module.nodes:
        text = _writing(node, models, historic, stateful)
        if text and not module.is_excused(node, "state"):
            yield Fault(module.path, getattr(node, "lineno", 1), f"{text}: a state changes only by a transition")


def stateful_models(sources: Iterable[Module]) -> set[str]:
    """The classes whose body, or an ancestor's, sets `state = some_field(…)`."""
    classes = [node for module in sources for node in module.nodes if isinstance(node, ast.ClassDef)]
    found = {node.name for node in classes if any(map(_is_state_field, node.body))}
    while heirs := {node.name for node in classes if node.name not in found and _bases(node) & found}:
        found |= heirs
    return found


def _bases(node: ast.ClassDef) -> set[str]:
    return {dotted(base).rpartition(".")[2] for base in node.bases}


def _is_state_field(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign):
        targets, value = statement.targets, statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets, value = [statement.target], statement.value
    else:
        return False
    named = any(isinstance(target, ast.Name) and target.id == FIELD for target in targets)
    return named and isinstance(value, ast.Call) and "field" in dotted(value.func).rpartition(".")[2].lower()


def _models_here(module: Module) -> set[str]:
    """Names that stand for models in this file: what comes out of a module called models, or of apps."""
    found = imported(module).items()
    own = {name for name, full in found if full.startswith(PACKAGES) and ".models." in full}
    return {name for name in own if name[:1].isupper()}


def _historic(module: Module) -> dict[str, str]:
    """In a migration: the local names of `apps.get_model("app", "Name")`, one or several at a time."""
    found: dict[str, str] = {}
    for node in module.nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            for target, value in _pairs(node.targets[0], node.value):
                if (
                    isinstance(target, ast.Name)
                    and isinstance(value, ast.Call)
                    and dotted(value.func).endswith("get_model")
                ):
                    words = [part.value for part in value.args if isinstance(part, ast.Constant)]
                    found[target.id] = str(words[-1]).rpartition(".")[2] if words else ""
    return found


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=False))
    return [(target, value)]


def _writing(node: ast.AST, models: set[str], historic: dict[str, str], stateful: Collection[str]) -> str:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        return _assignment(node)
    if isinstance(node, ast.Call):
        return _call(node, models, historic, stateful)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
        return "SQL sets a state"
    return ""


def _assignment(node: ast.Assign | ast.AugAssign | ast.AnnAssign) -> str:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    flat = [part for target in targets for part in ast.walk(target)]
    written = [part for part in flat if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store)]
    if any(part.attr == FIELD for part in written):
        return f"assignment to .{FIELD}"
    return ""


def _call(node: ast.Call, models: set[str], historic: dict[str, str], stateful: Collection[str]) -> str:
    name = dotted(node.func).rpartition(".")[2]
    if name in {"setattr", "__setattr__"} and any(_is_word(argument) for argument in node.args):
        return f"{name} of the state"
    if name in WRITERS and isinstance(node.func, ast.Attribute) and _gives_state(node):
        return f"{name}({FIELD}=…)"
    if name in BULK_UPDATE and any(_is_word(part) for part in ast.walk(node)):
        return f"{name} of the state"
    if name in BULK_CREATE and _receiver(node.func, historic) in {*stateful, ""}:
        return f"{name} of a thing that has a state"
    if isinstance(node.func, ast.Name) and name in (models | set(stateful)) and _gives_state(node):
        return f"{name}({FIELD}=…)"
    return ""


def _gives_state(node: ast.Call) -> bool:
    keywords = [keyword for keyword in node.keywords if keyword.arg in {FIELD, None, "defaults", "create_defaults"}]
    return any(
        keyword.arg == FIELD or (isinstance(keyword.value, ast.Dict) and any(map(_is_word, keyword.value.keys)))
        for keyword in keywords
    )


def _is_word(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value == FIELD


def _receiver(function: ast.expr, historic: dict[str, str]) -> str:
    """`Exchange` for Exchange.objects.bulk_create; empty when the model can't be read off the file."""
    first = dotted(function).partition(".")[0]
    return historic.get(first, first if first[:1].isupper() else "")
