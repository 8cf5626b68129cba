"""The commands of `./portal` that run tools: check, test, bench."""
