"""Words that come past a form: forms refuse by themselves what no database holds."""


def storable(text: str) -> str:
    """The text without what PostgreSQL can't hold and nobody can type: NUL, and halves of characters."""
    return text.replace("\x00", "").encode(errors="ignore").decode()


def whole_number(text: object) -> int | None:
    """The number that an address or a hidden field says; None for what is none, or too long for any column."""
    figures = str(text)
    return int(figures) if figures.isascii() and figures.isdecimal() and len(figures) < 19 else None
