"""The Support Office's admin: what all its pages share, and the pages of the shared records."""
