"""Unsaved form input is saved as a draft on the server until the form is handed in (docs/forms.md)."""
