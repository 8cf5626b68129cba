"""The tables of lists, for the screen and for files."""
