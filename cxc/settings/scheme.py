"""How the scheme is called and who funds it (docs/production.md).

Unset, pages and documents are as they always were.
"""

from cxc.settings.environment import emblem, text

SCHEME_NAME = text("CXC_SCHEME_NAME", "ClusterXchange")
FUNDING_LINE = text("CXC_FUNDING_LINE")
EMBLEM = emblem("CXC_EMBLEM")
