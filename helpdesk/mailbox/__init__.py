"""Answers by mail: signed addresses, and reading what comes in. Rule: docs/help.md."""
