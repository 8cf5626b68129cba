"""How fast the ranking is: a generated scheme, the portal's way and others. `benchmarks.matching` runs them."""
