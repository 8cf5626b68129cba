"""200 people who use a running portal at the same time."""
