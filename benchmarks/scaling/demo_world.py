"""Loads the demo world, from which benchmarks make a larger one."""

from benchmarks.scaling.multiplier import Multiplier
from cxc import clock
from cxc.demo.loader import load
from profiles.models import Partnership


def load_demo_world() -> Multiplier:
    """Loads it, and returns what multiplies it: with more for the Partnership of the coordinator who signs in."""
    load(clock.today())
    return Multiplier(Partnership.objects.get(members__email="coordinator@demo.example"))
