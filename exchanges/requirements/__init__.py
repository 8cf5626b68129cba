"""What the transitions of visits, exchanges, documents and money require. Rule: lifecycles, Exchange."""
