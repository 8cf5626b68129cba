"""Bulk actions: one action, previewed and then carried out on each of many items. Rule: docs/bulk.md."""
