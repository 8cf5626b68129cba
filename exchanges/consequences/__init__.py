"""What transitions of visits, exchanges, documents and money bring about, for the pages that confirm them.

`transitions` has a sentence for each; `new_visitor` and `cancellation` say what it means at the stage that a visit has
reached. Rule: docs/joining-and-leaving.md.
"""

from exchanges.consequences import cancellation, new_visitor, transitions  # noqa: F401 - register by being imported
