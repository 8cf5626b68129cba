"""The pytest plugin: hooks, fixtures, and what they start. pyproject.toml loads it."""
