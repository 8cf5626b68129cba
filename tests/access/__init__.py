"""The matrix of access: the outcome of every request of every role, compared with the committed tables."""
