"""The Demo generation: records that walk the live services at their true dates. Rule: docs/rules.md, The demo world."""

from cxc.demo.scenarios.pdf_renderer import pdf_renderer
from cxc.demo.scenarios.runner import ScenarioRunner

__all__ = ["ScenarioRunner", "pdf_renderer"]
