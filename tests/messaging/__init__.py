"""Messages that people write about records."""
