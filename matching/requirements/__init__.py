"""What transitions of matches require, and what matching adds to those of profiles."""
