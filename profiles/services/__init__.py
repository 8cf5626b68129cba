"""What is done with profiles, organisations and people."""
