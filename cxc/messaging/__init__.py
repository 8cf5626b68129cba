"""Messages that people write about a record, and what the portal mailed about it. Rule: docs/messages.md."""
