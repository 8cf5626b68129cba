"""The Demo generation: records that walk the live services at their true dates. Rule: the demo world, Demo."""

from cxc.demo.living.loading import load_living

__all__ = ["load_living"]
