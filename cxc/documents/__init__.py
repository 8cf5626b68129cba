"""Official documents as files."""
