"""What the transitions of visits, exchanges, documents and money require. Rule: docs/lifecycles.md."""
