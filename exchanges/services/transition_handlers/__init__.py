"""What follows a transition, in the same transaction: registered with `after`."""
