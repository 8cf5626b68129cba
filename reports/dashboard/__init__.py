"""A Partnership's dashboard: what waits, how far things are, what is late, target and money, in numbers.

Every number is a link into the list with exactly the filter that gives this number. Rule: docs/rules.md,
Lists and their files. How each is counted stands on the page and in docs/dashboard.md.
"""

from reports.dashboard.dashboard import Dashboard, build_dashboard
from reports.dashboard.overview import overview
from reports.dashboard.scope import Scope

__all__ = ["Dashboard", "Scope", "build_dashboard", "overview"]
