"""How what the transitions of exchanges, visits and documents require is put right."""

from exchanges.mending import below, building, papers


def register() -> None:
    """Called when the app is ready."""
    for module in (below, building, papers):
        module.register()
