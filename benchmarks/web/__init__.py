"""Lighthouse and the Nu checker, which `benchmarks.pages` asks."""
