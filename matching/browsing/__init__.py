"""The catalogue as one browses it: what can be asked for, what an address brings, what is kept of it."""
