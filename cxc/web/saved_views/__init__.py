"""Saved views: the filters and the order of a list, saved by a person under a name. How it works: docs/lists.md."""
