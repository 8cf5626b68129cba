"""Run every rule on the whole source."""

import sys

from checks import clock, commits, names, states, templates, words
from checks.source import PACKAGES, modules


def main() -> int:
    """0 when no rule is broken; else 1 with a line for each fault."""
    portal = list(modules(*PACKAGES))
    stateful = states.stateful_models(portal)
    faults = [fault for module in portal for fault in clock.check(module)]
    faults += [fault for module in portal for fault in commits.check(module)]
    # The rules' own tests write out what the rules refuse.
    others = [module for module in modules("tests", "benchmarks") if not module.path.startswith("tests/checks/")]
    faults += [fault for module in portal + others for fault in states.check(module, stateful)]
    faults += [fault for module in portal for fault in words.check_module(module)]
    faults += templates.check()
    faults += words.check_templates()
    faults += names.check()
    print("\n".join(map(str, sorted(faults))))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
