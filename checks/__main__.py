"""Run every rule on the whole source."""

import sys

from checks import after_commit, citations, clock, names, states, templates, untranslated
from checks.source import PACKAGES, modules


def main() -> int:
    """0 when no rule is broken; else 1 with a line for each fault."""
    portal = list(modules(*PACKAGES))
    stateful = states.stateful_models(portal)
    faults = [fault for module in portal for fault in clock.check(module)]
    faults += [fault for module in portal for fault in after_commit.check(module)]
    # The rules' own tests write out what the rules refuse.
    others = [module for module in modules("tests", "benchmarks") if not module.path.startswith("tests/checks/")]
    faults += [fault for module in portal + others for fault in states.check(module, stateful)]
    faults += [fault for module in portal for fault in untranslated.check_module(module)]
    faults += templates.check()
    faults += untranslated.check_templates()
    faults += names.check()
    faults += citations.check()
    print("\n".join(map(str, sorted(faults))))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
