"""How what the moves of exchanges, visits and papers require is put right."""

from exchanges.mending import below, building, finishing, papers, visits


def register() -> None:
    """Called when the app is ready."""
    for module in (below, building, papers, finishing, visits):
        module.register()
