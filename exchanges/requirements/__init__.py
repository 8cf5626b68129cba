"""What the moves of visits, exchanges, documents and money require. Rule: lifecycles, Exchange."""
