"""Saved views: the filters and the order of a list, saved by a person under a name. Rule: docs/saved-views.md."""
