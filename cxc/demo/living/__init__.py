"""The Demo generation: records that walk the live services at their true dates. Rule: the demo world, Demo."""

from cxc.demo.living.pdf_renderer import pdf_renderer
from cxc.demo.living.telling import Living

__all__ = ["Living", "pdf_renderer"]
