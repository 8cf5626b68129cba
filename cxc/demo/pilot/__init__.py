"""The pilot as far as it is known, recorded afterwards: 228 exchanges, all closed.

Its totals are the Support Office's of 8 November 2021; who visited whom is made up, and says so.
Rule: docs/rules.md, The demo world.
"""

from cxc.demo.pilot.loader import load_pilot

__all__ = ["load_pilot"]
