"""What is done with matches."""
