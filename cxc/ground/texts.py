"""Words that come past a form: forms refuse by themselves what no database holds."""


def storable(text: str) -> str:
    """The text without what PostgreSQL can't hold and nobody can type: NUL, and halves of characters."""
    return text.replace("\x00", "").encode(errors="ignore").decode()
