"""What the scheme lays down, as functions without a state."""
