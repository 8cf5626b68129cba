"""The catalogue: its form, its filters, and the page of profiles that an address gives."""
