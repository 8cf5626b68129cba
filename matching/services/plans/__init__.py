"""Plans: requested, generated, edited by hand, submitted. Rule: docs/bench.md, Plans."""
