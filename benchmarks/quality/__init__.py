"""How good the ranking is: made-up worlds with hidden wishes, and the measures. `benchmarks.fit` runs them."""
