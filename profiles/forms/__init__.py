"""Forms of who takes part."""
