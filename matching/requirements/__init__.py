"""What transitions of matches require."""
