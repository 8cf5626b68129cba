"""One action for many things: chosen, tried out and shown, then carried out one by one. Rule: docs/bulk.md."""
