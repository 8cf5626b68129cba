"""The lifecycles as a page, written from the transitions that the models declare."""

from collections.abc import Iterator

from django.apps import apps
from django.utils.text import capfirst

from cxc.access.scoped import Side
from cxc.workflow import Kind, Requirement, StatefulModel, Transition, kind_of, transitions_of
from cxc.workflow.registry import requirements_of

HEAD = """# Lifecycles

Written from the code by `./portal manage lifecycles`; a test holds the two equal. One table for each thing
with a state. *Reason*: compulsory, for all or for the sides named. A requirement in **bold** is added from an
app above. Marks: (t) timing, set aside for what is recorded afterwards; (d) document, counts as met then. A side
means an owner or editor of the organisation, a coordinator of the Partnership.
"""


def page() -> str:
    """The whole page in Markdown."""
    return "\n".join([HEAD, *(section(model) for model in stateful_models())])


def stateful_models() -> list[type[StatefulModel]]:
    """Every model with a lifecycle, in the order of the apps."""
    return [model for model in apps.get_models() if issubclass(model, StatefulModel)]


def section(model: type[StatefulModel]) -> str:
    """One model's table and the requirements it names."""
    transitions = transitions_of(model).values()
    table = ["| transition | from | to | who | reason | requires |", "|---|---|---|---|---|---|"]
    rows = [_row(model, declared) for declared in transitions]
    named = {need.name: need for declared in transitions for need in _needs(model, declared)}
    sentences = [f"- `{name}`{_mark(need)}: {need.sentence}" for name, need in sorted(named.items())]
    return "\n".join([f"## {capfirst(model._meta.verbose_name)}", "", *table, *rows, "", *sentences, ""])


def _row(model: type[StatefulModel], declared: Transition) -> str:
    states = dict(model.state.field.flatchoices)
    source = "–" if declared.creates else ", ".join(str(states[s]) for s in declared.source)
    target = " or ".join(str(states[t]) for t in declared.targets) or ("deleted" if declared.deletes else "stays")
    if declared.creates:
        target = str(states[(declared.targets or declared.source)[0]])
    cells = [f"{declared.label} (`{declared.name}`)", source, target, _who(declared), _reason(declared)]
    return "| " + " | ".join([*cells, _requires(model, declared)]) + " |"


def _who(declared: Transition) -> str:
    who = ", ".join(_side(may.side) + "".join(f" (`{need.name}`)" for need in may.requires) for may in declared.sides)
    return f"signatories of {who}" if declared.by_signatories else who


def _side(side: Side) -> str:
    return {
        Side.HOLDER: "holder",
        Side.PARTNERSHIP: "its Partnership",
        Side.LEAD: "lead",
        Side.ASKER: "who asks",
        Side.PORTAL: "by itself",
    }.get(side, side.name)


def _reason(declared: Transition) -> str:
    if declared.reason:
        return "yes"
    return ", ".join(_side(may.side) for may in declared.sides if may.reason)


def _requires(model: type[StatefulModel], declared: Transition) -> str:
    own = [f"`{need.name}`" for need in declared.requires]
    above = [
        f"**`{need.name}`**" for need in requirements_of(kind_of(model), declared) if need not in declared.requires
    ]
    kept = [f"after it: `{need.name}`" for need in declared.invariants]
    return ", ".join([*own, *above, *kept])


def _needs(model: type[StatefulModel], declared: Transition) -> Iterator[Requirement]:
    yield from requirements_of(kind_of(model), declared)
    yield from declared.invariants
    for may in declared.sides:
        yield from may.requires


def _mark(need: Requirement) -> str:
    return {Kind.FACT: "", Kind.TIMING: " (t)", Kind.DOCUMENT: " (d)"}[need.kind]
