"""Everything that is written on questions."""
