"""The Demo generation: records that walk the live services at their true dates. Rule: the demo world, Demo."""

from cxc.demo.scenarios.pdf_renderer import pdf_renderer
from cxc.demo.scenarios.runner import ScenarioRunner

__all__ = ["ScenarioRunner", "pdf_renderer"]
