"""The workspace of a visit: a row for each visitor, a column for each step, and what the visit needs next."""
