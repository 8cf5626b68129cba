"""The Demo generation: records that walk the live services at their true dates. Rule: the demo world, Demo."""

from cxc.demo.living.press import press
from cxc.demo.living.telling import Living

__all__ = ["Living", "press"]
