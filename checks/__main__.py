"""Run every rule on the whole source."""

import sys

from checks import clock, states, templates
from checks.source import PACKAGES, modules


def main() -> int:
    """0 when no rule is broken; else 1 with a line for each fault."""
    stateful = states.stateful_models(*PACKAGES)
    faults = [fault for module in modules(*PACKAGES) for fault in clock.check(module)]
    everywhere = modules(*PACKAGES, "tests", "benchmarks")
    # The rules' own tests write out what the rules refuse.
    elsewhere = [module for module in everywhere if not module.path.startswith("tests/checks/")]
    faults += [fault for module in elsewhere for fault in states.check(module, stateful)]
    faults += templates.check()
    print("\n".join(map(str, sorted(faults))))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
